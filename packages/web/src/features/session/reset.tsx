import { useState } from 'preact/hooks';
import { useLaterWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { paths } from '../../model/paths.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/field.tsx';
import { useForm } from './form.ts';
import { Gate } from './gate.tsx';

/** `code`: of the one-time link that an owner handed out. */
export default function Reset({ code }: { code?: string | undefined }) {
  const later = useLaterWords();
  const client = useClient();
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const said = later.session.reset;
  const form = useForm(async () => {
    await client.session.reset({ code: code ?? '', newPassword: password });
    setDone(true);
  });

  if (code === undefined || done) {
    return (
      <Gate title={said.title} lead={done ? said.done : said.noCode}>
        <LinkButton kind="primary" wide href={paths.signIn}>
          {later.session.signIn.title}
        </LinkButton>
      </Gate>
    );
  }
  return (
    <Gate title={said.title} lead={said.lead}>
      <form onSubmit={form.onSubmit} noValidate>
        {form.wrong === undefined ? null : (
          <Banner tone="danger" role="alert">
            {form.wrong}
          </Banner>
        )}
        <PasswordField
          label={said.password}
          hint={later.session.register.passwordHint(client.server.limits().passwordMin)}
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
