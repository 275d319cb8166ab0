import type { DownFrame, RoomId, WelcomeFrame } from '@rill/protocol';
import { LIMITS } from '@rill/protocol/limits';
import { createAdministration } from './administration.ts';
import type { Client, ClientOptions } from './api/client.ts';
import type { LiveRoom } from './api/room.ts';
import { Attention } from './attention.ts';
import { systemClock } from './clock.ts';
import { Connection } from './connection.ts';
import { Keeper } from './keeper.ts';
import { Outbox } from './outbox.ts';
import { People } from './people.ts';
import { createRest } from './rest.ts';
import { accountCalls } from './rest/accounts.ts';
import { messageCalls } from './rest/messages.ts';
import { roomCalls } from './rest/rooms.ts';
import { createRoom } from './room.ts';
import { Rooms } from './rooms.ts';
import { Server } from './server.ts';
import { Session } from './session.ts';
import { NO_STORE, NOTHING_KEPT } from './store.ts';
import { webTransport } from './transport.ts';

const LOADED = 2_000;
/** Replays that have not come by then are fetched. */
const CATCH_UP_MS = 15_000;

/** Makes a client. Nothing happens until `start()`. This is the one place where its parts meet. */
export function createClient(options: ClientOptions): Client {
  const { clock = systemClock, random = Math.random, store = NO_STORE } = options;
  const form = options.auth ?? (options.token === undefined && 'document' in globalThis ? 'cookie' : 'token');
  const web = webTransport({
    url: options.url,
    clock,
    way: options.way,
    // A token is its client's alone; a cookie is the browser's.
    share: form === 'cookie' ? options.share : undefined,
    keep: (until) => void store.saveAvoidUntil(until).catch(() => {}),
  });
  const { transport = web } = options;
  const rest = createRest({
    transport,
    token: () => session.token(),
    turn: () => session.turn(),
    onUnauthenticated: () => session.lost(),
  });
  const accounts = accountCalls(rest);
  const roomsRest = roomCalls(rest);
  const messages = messageCalls(rest);
  const me = () => session.me()?.id;
  let rev: number | undefined;
  let cancelCatchUp = () => {};

  const connection: Connection = new Connection({
    transport,
    clock,
    random,
    hello() {
      const token = session.token();
      const cursors = rooms.cursors(LIMITS.cursorsPerHello);
      return { rooms: cursors, ...(token === undefined ? {} : { token }) };
    },
    token: () => session.token(),
    onWelcome: (frame) => void welcome(frame),
    onFrame: receive,
    onSignedOut: () => session.lost(),
  });
  const attention = new Attention(connection, clock);
  const keeper: Keeper = new Keeper({
    clock,
    store,
    me() {
      const user = session.me();
      return user === undefined || rev === undefined ? user : { ...user, rev };
    },
    room: (id) => ({ room: rooms.get(id), tail: rooms.known(id)?.tail() }),
  });
  const people = new People({
    clock,
    cards: accounts.cards,
    search: accounts.search,
    list: accounts.list,
    attention,
    learnt: (users) => keeper.users(users),
  });
  const outbox: Outbox = new Outbox({
    clock,
    random,
    store,
    connection,
    me,
    one: messages.one,
    done(entry, { message, readSeq, unread }) {
      const replica = rooms.replica(entry.room);
      if (entry.asked.kind === 'hide') replica.hide(entry.asked.seq);
      else if (entry.asked.kind !== 'send' && message !== undefined) replica.timeline.replace(message);
      if (readSeq !== undefined && unread !== undefined) replica.standing.readMark(readSeq, unread);
    },
    isPast: (id, at) => (rooms.replica(id).cursor()?.rev ?? Number.POSITIVE_INFINITY) >= at,
    changed: (id) => rooms.replica(id).timeline.touch(),
  });
  const rooms: Rooms = new Rooms(
    { clock, random, me, rooms: roomsRest, messages, outbox, attention, caughtUp, loaded: options.loaded ?? LOADED },
    (id) => keeper.room(id),
  );
  const session: Session = new Session({
    clock,
    random,
    calls: accounts,
    form,
    token: options.token,
    signedIn() {
      // Not from the device: at once, what is there may be of whoever was here before.
      if (rev === undefined) void keeper.flush();
      connection.start();
      void outbox.load();
    },
    async signedOut(user) {
      connection.stop();
      cancelCatchUp();
      rev = undefined;
      for (const each of [outbox, rooms, people, attention]) each.clear();
      await keeper.clear(user);
    },
    changed: () => keeper.me(),
    saveLeaving: (leaving) => store.saveLeaving(leaving),
    isLeaving: async () => options.store === undefined || (await store.load()).leaving,
  });
  const server = new Server(accounts.server);
  const handles = new Map<RoomId, LiveRoom>();

  connection.subscribe(() => {
    const { name } = connection.snapshot();
    if (name === 'live') {
      outbox.pump();
      // What a page that is gone has left to be sent.
      void outbox.load();
    }
    if (name === 'waiting') people.forgetPresence();
  });

  async function welcome(frame: WelcomeFrame): Promise<void> {
    // Another line, on which that person is welcomed, is on its way then.
    if (frame.me.id !== me()) return session.become(frame.me);
    session.update(frame.me);
    // What the own line told while nobody listened, no room's events will tell: messages hidden elsewhere, above all.
    const missed = rev !== undefined && rev !== frame.me.rev;
    rev = frame.me.rev;
    people.learn(frame.rooms.flatMap((room) => room.people ?? []));
    rooms.welcome(frame, missed);
    attention.tell();
    cancelCatchUp();
    cancelCatchUp = clock.after(CATCH_UP_MS, () => rooms.fetchMissing());
    caughtUp();
  }

  function caughtUp(): void {
    if (connection.snapshot().name !== 'catching-up' || rooms.isBehind()) return;
    cancelCatchUp();
    connection.caughtUp();
  }

  function receive(frame: DownFrame): void {
    switch (frame.type) {
      case 'event':
        return rooms.known(frame.room)?.receive(frame);
      case 'resync':
        return rooms.known(frame.room)?.resync(frame);
      case 'personal': {
        if (rev === undefined || frame.rev <= rev) return;
        // A hole in one's own line: everything is read again.
        if (frame.rev !== rev + 1) return connection.restart();
        rev = frame.rev;
        keeper.me();
        if (frame.event.kind === 'me.changed') return session.update(frame.event.me);
        if (frame.event.kind === 'sessions.changed') return session.sessionsChanged();
        rooms.personal(frame.event);
        if (frame.event.kind === 'room.added') {
          people.learn(frame.event.room.people ?? []);
          // What was said to be on the screen before the server knew of it was passed over.
          attention.tell();
        }
        return;
      }
      case 'signal': {
        if (frame.signal.kind === 'typing') rooms.known(frame.signal.room)?.typed(frame.signal.user);
        else people.signal(frame.signal);
        return;
      }
      default:
      // A newer server may say more.
    }
  }

  return {
    server,
    session,
    connection,
    rooms,
    people,
    outbox,
    administration: createAdministration(rest),
    room(id) {
      const known = handles.get(id);
      if (known !== undefined) return known;
      const made = createRoom({ replica: rooms.replica(id), rooms, outbox, attention, calls: roomsRest, messages });
      handles.set(id, made);
      return made;
    },
    async start() {
      const kept = await store.load().catch(() => NOTHING_KEPT);
      web.restore(kept.avoidUntil);
      rev = kept.me?.rev;
      if (kept.me !== undefined) rooms.restore(kept);
      people.learn(kept.users);
      await session.begin(kept.me, kept.leaving);
    },
    async close() {
      session.close();
      connection.stop();
      cancelCatchUp();
      await keeper.close();
      // Nothing that waits for a time keeps the program from ending.
      for (const each of [outbox, rooms, people, attention]) each.clear();
      await store.close().catch(() => {});
    },
  };
}
