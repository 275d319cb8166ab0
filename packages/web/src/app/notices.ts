import type { Client } from '@rill/client';
import type { Room, RoomId, UserId } from '@rill/protocol';
import { isReadable } from '@rill/protocol/message';
import { currentWords } from '../i18n/words.ts';
import { nameById, roomName } from '../model/names.ts';
import { paths } from '../model/paths.ts';
import { preferences } from '../model/preferences.ts';
import { inNextFrame, notInNextFrame } from '../platform/frame.ts';
import { showIconBadge } from '../platform/icon-badge.ts';
import { showNotification } from '../platform/notifications.ts';
import { isLookedAt } from '../platform/presence.ts';
import { playTone } from '../platform/sound.ts';

/** What was told of a room: taken away again when its message is gone or was read. */
interface Told {
  readonly seq: number;
  readonly close: () => void;
}

/**
 * Calls for what is new while nobody looks: the icon always, a notification and a tone where they are wanted. Listens
 * until the returned function is called.
 */
export function watchNotices(client: Client, me: UserId, go: (path: string) => void): () => void {
  const heads = new Map<RoomId, number>();
  const told = new Map<RoomId, Told>();
  for (const room of client.rooms.snapshot().list) heads.set(room.id, room.seq);
  let fresh = client.rooms.snapshot().name === 'fresh';

  const tell = (room: Room) => {
    const { last } = room;
    if (last === undefined || !isReadable(last) || last.author === me) return;
    const { notify, preview, sound } = preferences.value;
    if (sound) playTone();
    if (!notify) return;
    const words = currentWords();
    const name = roomName(room, me, words, client.people.snapshot());
    const author = nameById(client, last.author, words);
    const close = showNotification({
      title: room.kind === 'direct' ? author : words.app.notice.inRoom(author, name),
      body: preview ? last.text.slice(0, 200) : words.app.notice.hidden,
      tag: room.id,
      onOpen: () => go(paths.room(room.id)),
    });
    told.set(room.id, { seq: last.seq, close });
  };
  const look = () => {
    const { list, name, unread } = client.rooms.snapshot();
    showIconBadge(unread);
    const isFirst = !fresh && name === 'fresh';
    if (isFirst) fresh = true;
    for (const room of list) {
      const head = heads.get(room.id) ?? 0;
      heads.set(room.id, Math.max(head, room.seq));
      const shown = told.get(room.id);
      // What was recalled, removed or read since must not stay on somebody's screen.
      if (
        shown !== undefined &&
        (room.readSeq >= shown.seq || (room.last?.seq === shown.seq && !isReadable(room.last)))
      ) {
        shown.close();
        told.delete(room.id);
      }
      if (fresh && !isFirst && head > 0 && room.seq > head && room.involvement === 'everything' && !isLookedAt())
        tell(room);
    }
  };
  look();
  const stop = client.rooms.subscribe(() => inNextFrame(look));
  return () => {
    stop();
    notInNextFrame(look);
    for (const { close } of told.values()) close();
    showIconBadge(0);
  };
}
