import type { MemberChange, Nonce, Room } from '@rill/protocol';
import type { LiveRoom } from './api/room.ts';
import type { Attention } from './attention.ts';
import type { Outbox } from './outbox.ts';
import type { MessageCalls } from './rest/messages.ts';
import type { RoomCalls } from './rest/rooms.ts';
import type { Replica } from './room/replica.ts';
import type { Rooms } from './rooms.ts';

export interface RoomDeps {
  readonly replica: Replica;
  readonly rooms: Rooms;
  readonly outbox: Outbox;
  readonly attention: Attention;
  readonly calls: RoomCalls;
  readonly messages: MessageCalls;
}

/** One room, as programs use it. */
export function createRoom(deps: RoomDeps): LiveRoom {
  const { replica, outbox, attention, calls } = deps;
  const { id, timeline } = replica;
  const changed = (room: Room): Room => {
    replica.added(room);
    return room;
  };
  const own = async (change: Pick<MemberChange, 'involvement' | 'listedFrom'>) => {
    await calls.changeMember(id, 'me', change);
    replica.standing.with(change);
  };
  const markRead = (seq = Number.POSITIVE_INFINITY) => {
    const room = replica.room();
    const to = Math.min(seq, room?.seq ?? 0);
    if (room === undefined || to <= room.readSeq) return;
    replica.standing.read(to);
    outbox.read(id, to);
  };
  return {
    id,
    timeline,
    snapshot: () => replica.snapshot(),
    subscribe: (listener) => replica.subscribe(listener),
    open() {
      const close = replica.screen.open();
      deps.rooms.unload();
      return close;
    },
    send(text) {
      attention.sent(id);
      const nonce = outbox.send(id, text);
      // Who speaks looks at the end of the conversation.
      if (timeline.isLoaded()) void timeline.toEnd();
      return nonce;
    },
    retry: (nonce) => outbox.retry(nonce),
    discard(nonce: Nonce) {
      const asked = outbox.discard(nonce)?.asked;
      return asked?.kind === 'send' ? asked.text : undefined;
    },
    edit(seq, text) {
      const rev = timeline.message(seq)?.rev;
      return outbox.act(id, { kind: 'edit', seq, text, ...(rev === undefined ? {} : { rev }) });
    },
    recall(seq) {
      const message = timeline.message(seq);
      const text = message !== undefined && 'text' in message ? message.text : undefined;
      const done = outbox.act(id, { kind: 'recall', seq });
      done.then(
        () => text !== undefined && replica.reEdit.keep(seq, text),
        () => {},
      );
      return done;
    },
    reEdit: (seq) => replica.reEdit.text(seq),
    hide: (seq) => outbox.act(id, { kind: 'hide', seq }),
    remove: (seq, reason) => outbox.act(id, { kind: 'remove', seq, ...(reason === undefined ? {} : { reason }) }),
    dismiss: (act) => void outbox.discard(act),
    markRead,
    typing: () => attention.typing(id),
    edits: async (seq) => (await deps.messages.edits(id, seq)).edits,
    change: async (change) => changed(await calls.change(id, change)),
    setInvolvement: (involvement) => own({ involvement }),
    async putAside() {
      // What nobody sees must not be counted as unread for ever.
      markRead();
      await own({ listedFrom: (replica.room()?.seq ?? 0) + 1 });
    },
    leave: () => deps.rooms.leave(id),
    members: {
      page: (query = {}) => calls.members(id, query),
      add: (user) => calls.putMember(id, user),
      setRole: (user, role) => calls.changeMember(id, user, { role }),
      remove: (user) => calls.endMember(id, user),
    },
  };
}
