import { useLaterWords } from '../../i18n/words.ts';
import { paths } from '../../model/paths.ts';
import { LinkButton } from '../../ui/button.tsx';

/** Where somebody goes who is in no room yet. */
export default function FirstSteps() {
  const { menu } = useLaterWords().starting;
  return (
    <>
      <LinkButton kind="primary" href={paths.explore}>
        {menu.explore}
      </LinkButton>
      <LinkButton href={paths.newDirect}>{menu.newDirect}</LinkButton>
      <LinkButton href={paths.newRoom}>{menu.newRoom}</LinkButton>
    </>
  );
}
