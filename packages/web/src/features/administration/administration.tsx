import { ShieldX } from 'lucide';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useMe } from '../../model/me.ts';
import { type AdministrationSection, paths } from '../../model/paths.ts';
import { go } from '../../platform/location.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AuditLog } from './audit-log.tsx';
import { InvitesList } from './invites-list.tsx';
import { ServerForm } from './server-form.tsx';
import { UsersList } from './users-list.tsx';
import './administration.css';

const SECTIONS: readonly AdministrationSection[] = ['invites', 'users', 'server', 'audit'];

/** What the owner and the admins of a server do. */
export default function Administration({ section = 'invites' }: { section?: AdministrationSection | undefined }) {
  const words = useWords();
  const later = useLaterWords();
  const me = useMe();
  const said = later.administration;
  const Shown = { server: ServerForm, invites: InvitesList, users: UsersList, audit: AuditLog }[section];
  return (
    <Page title={said.title} back={{ href: paths.settings(), label: words.app.back }}>
      {me.role === 'member' ? (
        <Empty
          icon={ShieldX}
          title={said.refused}
          actions={<LinkButton href={paths.home}>{later.absent.act}</LinkButton>}
        >
          <p>{said.refusedText}</p>
        </Empty>
      ) : (
        <Tabs
          label={said.title}
          current={section}
          onCurrent={(id) => go(paths.administration(id), true)}
          tabs={SECTIONS.map((id) => ({ id, label: said.sections[id], href: paths.administration(id) }))}
        >
          <Shown />
        </Tabs>
      )}
    </Page>
  );
}
