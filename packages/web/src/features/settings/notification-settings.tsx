import { useState } from 'preact/hooks';
import { useLaterWords } from '../../i18n/words.ts';
import { prefer, preferences } from '../../model/preferences.ts';
import { askForNotifications, notificationsState } from '../../platform/notifications.ts';
import { playTone } from '../../platform/sound.ts';
import { Switch } from '../../ui/choice.tsx';

/** What may call while one looks elsewhere. Everything is quiet until it is asked for. */
export function NotificationSettings() {
  const later = useLaterWords();
  const [state, setState] = useState(notificationsState());
  const said = later.settings.notifications;
  const { notify, preview, sound } = preferences.value;

  const choose = async (on: boolean) => {
    if (!on) return prefer({ notify: false });
    const answer = await askForNotifications();
    setState(answer);
    prefer({ notify: answer === 'allowed' });
  };

  return (
    <div class="form">
      <Switch
        label={said.desktop}
        hint={state === 'refused' ? said.refused : state === 'unavailable' ? said.unavailable : said.desktopHint}
        checked={notify && state === 'allowed'}
        disabled={state === 'unavailable' || state === 'refused'}
        onValue={(on) => void choose(on)}
      />
      <Switch
        label={said.preview}
        hint={said.previewHint}
        checked={preview}
        disabled={!notify}
        onValue={(on) => prefer({ preview: on })}
      />
      <Switch
        label={said.sound}
        hint={said.soundHint}
        checked={sound}
        onValue={(on) => {
          prefer({ sound: on });
          if (on) playTone();
        }}
      />
    </div>
  );
}
