import { useState } from 'preact/hooks';
import type { UserId } from '@rill/protocol';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { paths } from '../../model/paths.ts';
import { go } from '../../platform/location.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import type { Option } from '../../ui/picker.tsx';
import { PeoplePicker } from './people-picker.tsx';

const MOST_AT_ONCE = 100;

/** Makes an open or a closed room. */
export default function NewRoom() {
  const words = useWords();
  const later = useLaterWords();
  const client = useClient();
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [kind, setKind] = useState<'open' | 'closed'>('open');
  const [people, setPeople] = useState<readonly Option[]>([]);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const said = later.starting.create;

  const make = async (event: Event) => {
    event.preventDefault();
    if (busy || name.trim() === '') return;
    setBusy(true);
    setWrong(
      await attempt(async () => {
        const room = await client.rooms.create({
          kind,
          name: name.trim(),
          ...(topic.trim() === '' ? {} : { topic: topic.trim() }),
          ...(people.length === 0 ? {} : { members: people.map((option) => option.id as UserId) }),
        });
        go(paths.room(room.id), true);
      }),
    );
    setBusy(false);
  };

  return (
    <Page title={said.title} back={{ href: paths.home, label: words.app.back }} narrow fill>
      <form class="form" onSubmit={(event) => void make(event)} noValidate>
        {wrong === undefined ? null : (
          <Banner tone="danger" role="alert">
            {wrong}
          </Banner>
        )}
        <Field
          label={said.name}
          value={name}
          onValue={setName}
          maxLength={client.server.limits().roomNameMax}
          required
        />
        <Field label={said.topic} hint={said.topicHint} value={topic} onValue={setTopic} />
        <Choice
          label={said.kind}
          value={kind}
          onValue={setKind}
          options={[
            { value: 'open', label: said.open, hint: said.openHint },
            { value: 'closed', label: said.closed, hint: said.closedHint },
          ]}
        />
        <PeoplePicker label={said.people} picked={people} onPicked={setPeople} most={MOST_AT_ONCE} />
        <div class="form-actions">
          <Button kind="primary" type="submit" busy={busy} disabled={name.trim() === ''}>
            {said.act}
          </Button>
        </div>
      </form>
    </Page>
  );
}
