import { useLaterWords } from '../../i18n/words.ts';
import { Empty } from '../../ui/empty.tsx';
import FirstSteps from './first-steps.tsx';

/** In place of the list, for somebody who is in no room yet. */
export default function NoRooms() {
  const { none } = useLaterWords().starting;
  return (
    <div class="rooms-empty">
      <Empty title={none.title} actions={<FirstSteps />}>
        <p>{none.text}</p>
      </Empty>
    </div>
  );
}
