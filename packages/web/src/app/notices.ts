import type { Client } from '@rill/client';
import type { Me, Room, RoomId } from '@rill/protocol';
import { isReadable } from '@rill/protocol/message';
import { currentLaterWords, currentWords } from '../i18n/words.ts';
import { mentions } from '../model/mention.ts';
import { nameById, roomName } from '../model/names.ts';
import { paths } from '../model/paths.ts';
import { preferences } from '../model/preferences.ts';
import { inNextFrame, notInNextFrame } from '../platform/frame.ts';
import { showIconBadge } from '../platform/icon-badge.ts';
import { showNotification } from '../platform/notifications.ts';
import { isLookedAt } from '../platform/presence.ts';
import { playTone } from '../platform/sound.ts';
import { toast } from '../ui/toast.ts';

/** What was told of a room: taken away again when its message is gone or was read. */
interface Told {
  readonly seq: number;
  /** How often anything in the room had been changed by then. */
  readonly changes: number;
  readonly close: () => void;
}

/** Each event of a room raises its rev; those that are no new message leave its seq. */
const changesOf = ({ rev, seq }: Room): number => rev - seq;

/**
 * Calls for what is new while nobody looks: the icon always, a notification and a tone where they are wanted. Listens
 * until the returned function is called.
 */
export function watchNotices(client: Client, me: Pick<Me, 'id' | 'username'>, go: (path: string) => void): () => void {
  const heads = new Map<RoomId, number>();
  const told = new Map<RoomId, Told>();
  for (const room of client.rooms.snapshot().list) heads.set(room.id, room.seq);
  let fresh = client.rooms.snapshot().name === 'fresh';

  const tell = (room: Room) => {
    const { last } = room;
    const said = currentLaterWords()?.notice;
    if (said === undefined || last === undefined || !isReadable(last) || last.author === me.id) return;
    if (room.involvement === 'mentions' && !mentions(last.text, me.username)) return;
    const { notify, preview, sound } = preferences.value;
    if (sound) playTone();
    if (!notify) return;
    const words = currentWords();
    const name = roomName(room, me.id, words, client.people.snapshot());
    const author = nameById(client, last.author, words);
    const close = showNotification({
      title: room.kind === 'direct' ? author : said.inRoom(author, name),
      body: preview ? last.text.slice(0, 200) : said.hidden,
      tag: room.id,
      onOpen: () => go(paths.room(room.id)),
    });
    told.set(room.id, { seq: last.seq, changes: changesOf(room), close });
  };
  /** Somebody else brought the reader into a room: it would stand among the others unnoticed. */
  const tellAdded = (room: Room) => {
    const { last } = room;
    if (last?.kind !== 'system' || last.note.code !== 'member.added') return;
    if (last.note.user !== me.id || last.author === me.id) return;
    const said = currentLaterWords()?.notice;
    if (said === undefined) return;
    const text = said.added(room.name);
    const open = () => go(paths.room(room.id));
    if (isLookedAt()) return toast(text, { action: { label: said.open, act: open } });
    const { notify, sound } = preferences.value;
    if (sound) playTone();
    if (!notify) return;
    const close = showNotification({ title: room.name, body: text, tag: room.id, onOpen: open });
    // Up to there it counts as read from the start.
    told.set(room.id, { seq: last.seq + 1, changes: changesOf(room), close });
  };
  /** What was recalled, removed or read since must not stay on somebody's screen, nor what is not theirs any more. */
  const isOver = ({ seq, changes }: Told, room: Room | undefined) => {
    if (room === undefined || room.readSeq >= seq) return true;
    // Of a message that is not the last nobody says here what it is now.
    return room.last?.seq === seq ? !isReadable(room.last) : changesOf(room) > changes;
  };
  const look = () => {
    const { list, name, unread } = client.rooms.snapshot();
    showIconBadge(unread);
    const isFirst = !fresh && name === 'fresh';
    if (isFirst) fresh = true;
    for (const [id, shown] of told) {
      const room = list.find((each) => each.id === id);
      if (!isOver(shown, room)) continue;
      shown.close();
      told.delete(id);
    }
    for (const room of list) {
      if (fresh && !isFirst && !heads.has(room.id)) tellAdded(room);
      // Who writes to somebody for the first time begins a conversation; of another room that is new nothing is news.
      const head = heads.get(room.id) ?? (room.kind === 'direct' ? 0 : room.seq);
      heads.set(room.id, Math.max(head, room.seq));
      if (fresh && !isFirst && room.seq > head && room.involvement !== 'nothing' && !isLookedAt()) tell(room);
    }
  };
  look();
  // Of several messages in one frame the last alone would be heard, and another may have been the mention. Where somebody
  // looks nothing calls.
  const stop = client.rooms.subscribe(() => (isLookedAt() ? inNextFrame(look) : look()));
  return () => {
    stop();
    notInNextFrame(look);
    for (const { close } of told.values()) close();
    showIconBadge(0);
  };
}
