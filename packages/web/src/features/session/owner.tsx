import { useState } from 'preact/hooks';
import type { RoomId } from '@rill/protocol';
import { currentLocale, useLaterWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, PasswordField } from '../../ui/field.tsx';
import { useForm } from './form.ts';
import { Gate } from './gate.tsx';

interface OwnerProps {
  /** From the link that the server printed. */
  code?: string | undefined;
  /** The owner is in, and so is a first room, where it could be made. */
  onIn: (room: RoomId | undefined) => void;
}

/** The first screen of a new server: the owner's account, and a room to begin in. */
export default function Owner({ code, onIn }: OwnerProps) {
  const later = useLaterWords();
  const client = useClient();
  const said = later.session.owner;
  const fields = later.session.register;
  const [typed, setTyped] = useState(code ?? '');
  const [username, setUsername] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    await client.session.register({
      username: username.trim(),
      password,
      code: typed.trim(),
      locale: currentLocale(),
      ...(displayName.trim() === '' ? {} : { displayName: displayName.trim() }),
    });
    // Without a first room the owner still stands in a working house: it can be made later.
    const room = await client.rooms
      .create({ kind: 'open', name: said.firstRoom, topic: said.firstTopic })
      .catch(() => undefined);
    onIn(room?.id);
  });
  const codeWrong = form.wrongOf('code');
  return (
    <Gate title={said.title} lead={said.lead}>
      <form onSubmit={form.onSubmit} noValidate>
        {form.wrong === undefined ? null : (
          <Banner tone="danger" role="alert">
            {form.wrong}
          </Banner>
        )}
        {code !== undefined && codeWrong === undefined ? null : (
          <Field
            label={said.code}
            hint={said.codeHint}
            error={codeWrong}
            name="code"
            autocomplete="one-time-code"
            autocapitalize="characters"
            spellcheck={false}
            required
            value={typed}
            onValue={setTyped}
          />
        )}
        <Field
          label={fields.username}
          hint={fields.usernameHint}
          error={form.wrongOf('username')}
          name="username"
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          required
          value={username}
          onValue={setUsername}
        />
        <Field
          label={fields.displayName}
          hint={fields.displayNameHint}
          error={form.wrongOf('displayName')}
          name="displayName"
          autocomplete="name"
          value={displayName}
          onValue={setDisplayName}
        />
        <PasswordField
          label={fields.password}
          hint={fields.passwordHint(client.server.limits().passwordMin)}
          error={form.wrongOf('password')}
          autocomplete="new-password"
          value={password}
          onValue={setPassword}
          words={{ show: later.session.showPassword, hide: later.session.hidePassword }}
        />
        <Button kind="primary" type="submit" wide busy={form.busy}>
          {said.act}
        </Button>
      </form>
    </Gate>
  );
}
