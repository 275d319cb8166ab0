import { useLaterWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { paths } from '../../model/paths.ts';
import { Banner } from '../../ui/banner.tsx';
import { AccountForm } from './account-form.tsx';
import { Gate } from './gate.tsx';

/** `ended`: one was in, until it was taken away. */
export default function SignIn({ ended }: { ended: boolean }) {
  const client = useClient();
  const server = useLiving(client.server);
  const said = useLaterWords().session.signIn;
  return (
    <Gate title={said.title} lead={server === undefined ? undefined : said.lead(server.name)}>
      {ended ? <Banner tone="accent">{said.ended}</Banner> : null}
      <AccountForm
        asks={['username']}
        password="current"
        act={said.act}
        send={({ username, password }) => client.session.login({ username, password })}
      />
      {server?.registration === 'closed' ? null : (
        <p class="gate-other">
          {said.noAccount} <a href={paths.register}>{said.register}</a>
        </p>
      )}
      <p class="gate-aside">{said.forgot}</p>
    </Gate>
  );
}
