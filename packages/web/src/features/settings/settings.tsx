import { LogOut, ServerCog } from 'lucide';
import { useState } from 'preact/hooks';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useMe } from '../../model/me.ts';
import { type SettingsSection, paths } from '../../model/paths.ts';
import { go } from '../../platform/location.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Look } from './look.tsx';
import { NotificationSettings } from './notification-settings.tsx';
import { PasswordForm } from './password-form.tsx';
import { Privacy } from './privacy.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SessionsList } from './sessions-list.tsx';
import SignOut from './sign-out.tsx';
import './settings.css';

const SECTIONS: readonly SettingsSection[] = ['profile', 'look', 'notifications', 'privacy', 'password', 'sessions'];

/** What one sets for oneself. */
export default function Settings({ section = 'profile' }: { section?: SettingsSection | undefined }) {
  const words = useWords();
  const later = useLaterWords();
  const me = useMe();
  const [leaving, setLeaving] = useState(false);
  const said = later.settings;
  const shown = {
    profile: ProfileForm,
    look: Look,
    notifications: NotificationSettings,
    privacy: Privacy,
    password: PasswordForm,
    sessions: SessionsList,
  };
  const Shown = shown[section];
  return (
    <Page title={said.title} back={{ href: paths.home, label: words.app.back }}>
      <Tabs
        label={said.title}
        current={section}
        onCurrent={(id) => go(paths.settings(id), true)}
        tabs={SECTIONS.map((id) => ({ id, label: said.sections[id], href: paths.settings(id) }))}
        foot={
          <>
            {me.role === 'member' ? null : (
              <LinkButton kind="quiet" icon={ServerCog} href={paths.administration()}>
                {said.administration}
              </LinkButton>
            )}
            <Button kind="quiet" icon={LogOut} onClick={() => setLeaving(true)}>
              {said.signOut.act}
            </Button>
          </>
        }
      >
        <Shown />
      </Tabs>
      {leaving ? <SignOut onClose={() => setLeaving(false)} /> : null}
    </Page>
  );
}
