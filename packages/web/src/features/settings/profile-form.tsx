import { useState } from 'preact/hooks';
import { useTimes, useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { useMe } from '../../model/me.ts';
import { nameOf } from '../../model/names.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.ts';

/** How others see one. */
export function ProfileForm() {
  const words = useWords();
  const later = useLaterWords();
  const times = useTimes();
  const client = useClient();
  const me = useMe();
  const [name, setName] = useState(me.displayName);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const said = later.settings.profile;

  const save = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const failure = await attempt(() => client.session.changeMe({ displayName: name.trim() }));
    setBusy(false);
    setWrong(failure);
    if (failure === undefined) toast(said.saved);
  };

  return (
    <form class="form" onSubmit={(event) => void save(event)} noValidate>
      <div class="profile-head">
        <Avatar name={nameOf({ ...me, displayName: name.trim() }, words)} seed={me.id} size="large" />
        <p class="form-lead">{said.since(times.date(Date.parse(me.createdAt)))}</p>
      </div>
      <Field
        label={said.name}
        hint={said.nameHint}
        value={name}
        onValue={setName}
        error={wrong}
        maxLength={client.server.limits().displayNameMax}
        autocomplete="name"
      />
      <Field label={said.username} hint={said.usernameHint} value={me.username} onValue={() => {}} disabled />
      <div class="form-actions">
        <Button kind="primary" type="submit" busy={busy} disabled={name.trim() === me.displayName}>
          {said.save}
        </Button>
      </div>
    </form>
  );
}
