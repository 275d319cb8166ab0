import { useLaterWords } from '../i18n/words.ts';
import { paths } from '../model/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';

/** An address that leads nowhere. */
export default function Missing() {
  const { missing } = useLaterWords();
  return (
    <Empty
      whole
      title={missing.title}
      actions={
        <LinkButton kind="primary" href={paths.home}>
          {missing.home}
        </LinkButton>
      }
    >
      <p>{missing.text}</p>
    </Empty>
  );
}
