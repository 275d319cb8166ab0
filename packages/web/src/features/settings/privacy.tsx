import { useLaterWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { useMe } from '../../model/me.ts';
import { Switch } from '../../ui/choice.tsx';
import { toast } from '../../ui/toast.ts';

/** What others may know of one. */
export function Privacy() {
  const later = useLaterWords();
  const client = useClient();
  const me = useMe();
  const said = later.settings.privacy;
  const choose = async (hidePresence: boolean) => {
    const failure = await attempt(() => client.session.changeMe({ hidePresence }));
    if (failure !== undefined) toast(failure, { tone: 'danger' });
  };
  return (
    <div class="form">
      <Switch label={said.hide} hint={said.hideHint} checked={me.hidePresence} onValue={(on) => void choose(on)} />
    </div>
  );
}
