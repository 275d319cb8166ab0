import { useState } from 'preact/hooks';
import { currentLocale, useLaterWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { paths } from '../../model/paths.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field, PasswordField } from '../../ui/field.tsx';
import { useForm } from './form.ts';
import { Gate } from './gate.tsx';

/** `code`: of the invite whose link was opened. */
export default function Register({ code }: { code?: string | undefined }) {
  const later = useLaterWords();
  const client = useClient();
  const server = useLiving(client.server);
  const [username, setUsername] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(() =>
    client.session.register({
      username: username.trim(),
      password,
      locale: currentLocale(),
      ...(displayName.trim() === '' ? {} : { displayName: displayName.trim() }),
      ...(code === undefined ? {} : { code }),
    }),
  );
  const said = later.session.register;
  const signIn = (
    <p class="gate-other">
      {said.haveAccount} <a href={paths.signIn}>{said.signIn}</a>
    </p>
  );

  if (server?.registration === 'closed' || (server?.registration === 'invite' && code === undefined)) {
    const shut = server.registration === 'closed' ? said.closed : said.needInvite;
    return (
      <Gate title={shut.title} lead={shut.text}>
        <LinkButton kind="primary" wide href={paths.signIn}>
          {said.signIn}
        </LinkButton>
      </Gate>
    );
  }

  return (
    <Gate
      title={said.title}
      lead={code === undefined ? (server === undefined ? undefined : said.lead(server.name)) : said.byInvite}
    >
      <form onSubmit={form.onSubmit} noValidate>
        {form.wrong === undefined ? null : (
          <Banner tone="danger" role="alert">
            {form.wrong}
          </Banner>
        )}
        <Field
          label={said.username}
          hint={said.usernameHint}
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
          label={said.displayName}
          hint={said.displayNameHint}
          error={form.wrongOf('displayName')}
          name="displayName"
          autocomplete="name"
          value={displayName}
          onValue={setDisplayName}
        />
        <PasswordField
          label={said.password}
          hint={said.passwordHint(client.server.limits().passwordMin)}
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
      {signIn}
    </Gate>
  );
}
