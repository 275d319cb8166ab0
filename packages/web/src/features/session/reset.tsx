import { useState } from 'preact/hooks';
import { useLaterWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { paths } from '../../model/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { AccountForm } from './account-form.tsx';
import { Gate } from './gate.tsx';

/** `code`: of the one-time link that an owner handed out. */
export default function Reset({ code }: { code?: string | undefined }) {
  const client = useClient();
  const [done, setDone] = useState(false);
  const { reset: said, signIn } = useLaterWords().session;

  if (code === undefined || done) {
    return (
      <Gate title={said.title} lead={done ? said.done : said.noCode}>
        <LinkButton kind="primary" wide href={paths.signIn}>
          {signIn.title}
        </LinkButton>
      </Gate>
    );
  }
  return (
    <Gate title={said.title} lead={said.lead}>
      <AccountForm
        asks={[]}
        password="another"
        act={said.act}
        send={async ({ password }) => {
          await client.session.reset({ code, newPassword: password });
          setDone(true);
        }}
      />
    </Gate>
  );
}
