import { MessagesSquare } from 'lucide';
import FirstSteps from '../features/rooms/first-steps.tsx';
import { useLaterWords } from '../i18n/words.ts';
import { useClient, useLiving } from '../model/client.ts';
import { preferences } from '../model/preferences.ts';
import { hasTouch, KEY } from '../platform/keyboard.ts';
import { Empty } from '../ui/empty.tsx';
import { Keys } from '../ui/keys.tsx';
import { Tour } from './parts.ts';

/** No conversation is open: where to go. */
export default function Welcome() {
  const words = useLaterWords().starting;
  const client = useClient();
  const none = useLiving(client.rooms, (rooms) => rooms.name !== 'loading' && rooms.list.length === 0);
  const said = words[none ? 'none' : 'pick'];
  return (
    <div class="welcome">
      <Empty
        whole
        icon={MessagesSquare}
        title={said.title}
        actions={none ? <FirstSteps /> : hasTouch() ? undefined : <Keys of={[KEY.command, 'K']} />}
      >
        <p>{said.text}</p>
      </Empty>
      {preferences.value.toured ? null : <Tour />}
    </div>
  );
}
