import { RillError } from '@rill/client';
import { useEffect, useState } from 'preact/hooks';
import { currentLocale, useLaterWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { paths } from '../../model/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { AccountForm, type Written } from './account-form.tsx';
import { Gate } from './gate.tsx';

/** `code`: of the invite whose link was opened. */
export default function Register({ code }: { code?: string | undefined }) {
  const client = useClient();
  const server = useLiving(client.server);
  const said = useLaterWords().session.register;

  const [asked, setAsked] = useState<'waiting' | 'good' | 'spent'>(code === undefined ? 'good' : 'waiting');
  useEffect(() => {
    if (code === undefined) return;
    // Told before somebody has thought of a name and a password. Where it cannot be said now, the form will say it.
    client.session.mayRegister({ code }).then(
      () => setAsked('good'),
      (error: unknown) => setAsked(error instanceof RillError && error.code === 'invite_spent' ? 'spent' : 'good'),
    );
  }, [client, code]);

  const mode = server?.registration;
  if (mode === 'closed' || (mode === 'invite' && code === undefined) || asked === 'spent') {
    const shut = mode === 'closed' ? said.closed : code === undefined ? said.needInvite : said.spent;
    return (
      <Gate title={shut.title} lead={shut.text}>
        <LinkButton kind="primary" wide href={paths.signIn}>
          {said.signIn}
        </LinkButton>
      </Gate>
    );
  }

  if (asked === 'waiting') return null;
  const register = ({ username, displayName, password }: Written) =>
    client.session.register({
      username,
      password,
      locale: currentLocale(),
      ...(displayName === '' ? {} : { displayName }),
      ...(code === undefined ? {} : { code }),
    });
  return (
    <Gate
      title={said.title}
      lead={code === undefined ? (server === undefined ? undefined : said.lead(server.name)) : said.byInvite}
    >
      <AccountForm asks={['username', 'displayName']} password="first" act={said.act} send={register} />
      <p class="gate-other">
        {said.haveAccount} <a href={paths.signIn}>{said.signIn}</a>
      </p>
    </Gate>
  );
}
