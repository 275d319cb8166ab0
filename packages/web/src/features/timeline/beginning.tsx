import type { Room } from '@rill/protocol';
import { useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { useMe } from '../../model/me.ts';
import { roomSeed } from '../../model/names.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { FirstRoom } from './on-demand.ts';

/** What stands above the first message: where one is, and in a new house what comes next. */
export function Beginning({ room, name }: { room: Room; name: string }) {
  const words = useWords();
  const client = useClient();
  const me = useMe();
  const said = words.timeline;
  // In the first room of a new house; later rooms begin with one member too, and nobody needs to be told again.
  const first = room.members === 1 && me.role === 'owner' && client.rooms.snapshot().list.length === 1;
  return (
    <div class="beginning">
      <Avatar name={name} seed={roomSeed(room, me.id)} size="large" square={room.kind !== 'direct'} />
      <h2>
        <bdi>{said.start(name)}</bdi>
      </h2>
      {room.topic === '' ? null : (
        <p>
          <bdi>{room.topic}</bdi>
        </p>
      )}
      {room.policies.history === 'joined' && room.fromSeq > 1 ? <p>{said.startJoined}</p> : null}
      {first && !room.archived ? <FirstRoom /> : null}
    </div>
  );
}
