import { MessagesSquare } from 'lucide';
import { useWords } from '../i18n/words.ts';
import { useClient, useLiving } from '../model/client.ts';
import { paths } from '../model/paths.ts';
import { preferences } from '../model/preferences.ts';
import { hasTouch, KEY } from '../platform/keyboard.ts';
import { LinkButton } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Keys } from '../ui/keys.tsx';
import { Tour } from './parts.ts';

/** No conversation is open: where to go. */
export default function Welcome() {
  const words = useWords();
  const client = useClient();
  const none = useLiving(client.rooms, (rooms) => rooms.name !== 'loading' && rooms.list.length === 0);
  const said = none ? words.rooms.empty : words.rooms.pick;
  return (
    <div class="welcome">
      <Empty
        whole
        icon={MessagesSquare}
        title={said.title}
        actions={
          none ? (
            <>
              <LinkButton kind="primary" href={paths.explore}>
                {words.rooms.menu.explore}
              </LinkButton>
              <LinkButton href={paths.newDirect}>{words.rooms.menu.newDirect}</LinkButton>
              <LinkButton href={paths.newRoom}>{words.rooms.menu.newRoom}</LinkButton>
            </>
          ) : hasTouch() ? undefined : (
            <Keys of={[KEY.command, 'K']} />
          )
        }
      >
        <p>{said.text}</p>
      </Empty>
      {preferences.value.toured ? null : <Tour />}
    </div>
  );
}
