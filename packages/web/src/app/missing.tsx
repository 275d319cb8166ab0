import { useLaterWords } from '../i18n/words.ts';
import { paths } from '../model/paths.ts';
import { DeadEnd } from '../ui/dead-end.tsx';

/** An address that leads nowhere. */
export default function Missing() {
  const { missing } = useLaterWords();
  return <DeadEnd {...missing} href={paths.home} />;
}
