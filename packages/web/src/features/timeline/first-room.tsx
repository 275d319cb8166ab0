import { UserPlus } from 'lucide';
import { useLaterWords } from '../../i18n/words.ts';
import { paths } from '../../model/paths.ts';
import { LinkButton } from '../../ui/button.tsx';

/** In a house with nobody else in it: what comes next. */
export default function FirstRoom() {
  const said = useLaterWords().starting.firstRoom;
  return (
    <div class="beginning-next">
      <strong>{said.title}</strong>
      <p>{said.text}</p>
      <LinkButton kind="primary" icon={UserPlus} href={paths.administration('invites')}>
        {said.act}
      </LinkButton>
    </div>
  );
}
