import { useState } from 'preact/hooks';
import type { UserId } from '@rill/protocol';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { paths } from '../../model/paths.ts';
import { go } from '../../platform/location.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import type { Option } from '../../ui/picker.tsx';
import { PeoplePicker } from './people-picker.tsx';

/** Begins a conversation with one person or a small group; where there is one already, opens it. */
export default function NewDirect() {
  const words = useWords();
  const later = useLaterWords();
  const client = useClient();
  const [people, setPeople] = useState<readonly Option[]>([]);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const said = later.starting.start;

  const start = async (event: Event) => {
    event.preventDefault();
    if (busy || people.length === 0) return;
    setBusy(true);
    setWrong(
      await attempt(async () => {
        const room = await client.rooms.direct(people.map((option) => option.id as UserId));
        go(paths.room(room.id), true);
      }),
    );
    setBusy(false);
  };

  return (
    <Page title={said.title} back={{ href: paths.home, label: words.app.back }} narrow fill>
      <form class="form" onSubmit={(event) => void start(event)} noValidate>
        <p class="form-lead">{said.hint}</p>
        {wrong === undefined ? null : (
          <Banner tone="danger" role="alert">
            {wrong}
          </Banner>
        )}
        <PeoplePicker
          label={said.people}
          picked={people}
          onPicked={setPeople}
          most={client.server.limits().directMembers - 1}
        />
        <div class="form-actions">
          <Button kind="primary" type="submit" busy={busy} disabled={people.length === 0}>
            {said.act}
          </Button>
        </div>
      </form>
    </Page>
  );
}
