import type { Edge } from '@rill/client';
import type { Room } from '@rill/protocol';
import { UserPlus } from 'lucide';
import { useWords } from '../../i18n/words.ts';
import { useMe } from '../../model/me.ts';
import { roomSeed } from '../../model/names.ts';
import { paths } from '../../model/paths.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';

/** What stands above the first message: where one is, and in a new house what comes next. */
export function Beginning({ room, name }: { room: Room; name: string }) {
  const words = useWords();
  const me = useMe();
  const said = words.timeline;
  const alone = room.members === 1 && room.kind === 'open' && me.role === 'owner';
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
      {alone ? (
        <div class="beginning-next">
          <strong>{said.firstRoom.title}</strong>
          <p>{said.firstRoom.text}</p>
          <LinkButton kind="primary" icon={UserPlus} href={paths.administration('invites')}>
            {said.firstRoom.act}
          </LinkButton>
        </div>
      ) : null}
    </div>
  );
}

/** The edge of what is loaded. While it loads there is nothing to see: it was asked for in time. */
export function OlderEdge({ edge, onRetry }: { edge: Edge; onRetry: () => void }) {
  const words = useWords();
  if (edge.name !== 'failed') return null;
  return (
    <div class="older-failed" role="alert">
      <span>{words.timeline.olderFailed}</span>
      <Button onClick={onRetry}>{words.app.retry}</Button>
    </div>
  );
}
