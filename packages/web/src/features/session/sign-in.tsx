import { useState } from 'preact/hooks';
import { useLaterWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { paths } from '../../model/paths.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, PasswordField } from '../../ui/field.tsx';
import { useForm } from './form.ts';
import { Gate } from './gate.tsx';

/** `notice`: why one stands here again. */
export default function SignIn({ notice }: { notice?: string | undefined }) {
  const later = useLaterWords();
  const client = useClient();
  const server = useLiving(client.server);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(() => client.session.login({ username: username.trim(), password }));
  const said = later.session.signIn;
  return (
    <Gate title={said.title} lead={server === undefined ? undefined : said.lead(server.name)}>
      {notice === undefined ? null : <Banner tone="accent">{notice}</Banner>}
      <form onSubmit={form.onSubmit} noValidate>
        {form.wrong === undefined ? null : (
          <Banner tone="danger" role="alert">
            {form.wrong}
          </Banner>
        )}
        <Field
          label={said.username}
          name="username"
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          required
          value={username}
          onValue={setUsername}
        />
        <PasswordField
          label={said.password}
          autocomplete="current-password"
          value={password}
          onValue={setPassword}
          words={{ show: later.session.showPassword, hide: later.session.hidePassword }}
        />
        <Button kind="primary" type="submit" wide busy={form.busy}>
          {said.act}
        </Button>
      </form>
      {server?.registration === 'closed' ? null : (
        <p class="gate-other">
          {said.noAccount} <a href={paths.register}>{said.register}</a>
        </p>
      )}
      <p class="gate-aside">{said.forgot}</p>
    </Gate>
  );
}
