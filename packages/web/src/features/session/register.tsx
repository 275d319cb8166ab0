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
