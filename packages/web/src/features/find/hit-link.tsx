import type { RoomId } from '@rill/protocol';
import { isReadable } from '@rill/protocol/message';
import { useTimes, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { excerptOf, type Hit, readableAt } from '../../model/find.ts';
import { useMe } from '../../model/me.ts';
import { nameById, roomName } from '../../model/names.ts';
import { useNow } from '../../model/now.ts';
import { paths } from '../../model/paths.ts';
import { oneColumn } from '../../platform/columns.ts';

interface HitLinkProps {
  hit: Hit;
  /** The room that is open. */
  here: RoomId;
  pattern: RegExp;
}

/** A message that was found, as it is now, and the way to it. Of what was recalled since, nothing is shown. */
export function HitLink({ hit, here, pattern }: HitLinkProps) {
  const words = useWords();
  const times = useTimes();
  const now = useNow();
  const client = useClient();
  const me = useMe();
  const item = useLiving(client.room(hit.room).timeline, (timeline) => readableAt(timeline, hit.seq));
  const room = useLiving(client.rooms, ({ list }) => list.find(({ id }) => id === hit.room));
  if (item === undefined || room === undefined || !isReadable(item.message)) return null;
  const { message } = item;
  const at = Date.parse(message.at);
  return (
    <li>
      <a class="find-hit" href={(oneColumn() ? paths.message : paths.found)(hit.room, hit.seq)}>
        <span class="find-who">
          <bdi>{message.imported?.name ?? nameById(client, message.author, words)}</bdi>
          {hit.room === here ? null : <bdi class="find-room">{roomName(room, me.id, words)}</bdi>}
          <time dateTime={message.at} title={times.full(at)}>
            {times.short(at, now)}
          </time>
        </span>
        <span class="find-text" dir="auto">
          {excerptOf(message.text, pattern).map((part, index) =>
            // Every second one is what was sought: that is how texts are split by a pattern in brackets.
            index % 2 === 1 ? <mark key={index}>{part}</mark> : part,
          )}
        </span>
      </a>
    </li>
  );
}
