import { LOCALES, currentLocale, useLaterWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { chooseLocale } from '../../model/language.ts';
import { prefer, preferences } from '../../model/preferences.ts';
import { Choice, Switch } from '../../ui/choice.tsx';

/** Language and colours: at once, in this browser; the language also tells the server how to speak. */
export function Look() {
  const later = useLaterWords();
  const client = useClient();
  const said = later.settings.look;
  const { theme, contrast } = preferences.value;
  return (
    <div class="form">
      <Choice
        label={said.language}
        value={currentLocale()}
        options={LOCALES}
        onValue={(locale) => {
          void chooseLocale(locale);
          // Where the server cannot be told now, this browser still speaks it.
          client.session.changeMe({ locale }).catch(() => {});
        }}
      />
      <Choice
        label={said.theme}
        value={theme}
        options={[
          { value: 'auto', label: said.auto },
          { value: 'light', label: said.light },
          { value: 'dark', label: said.dark },
        ]}
        onValue={(value) => prefer({ theme: value })}
      />
      <Switch
        label={said.contrast}
        hint={said.contrastHint}
        checked={contrast === 'more'}
        onValue={(on) => prefer({ contrast: on ? 'more' : 'auto' })}
      />
    </div>
  );
}
