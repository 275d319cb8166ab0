import { type Cursor, type HelloFrame, type Limits, type Room, type RoomId, WIRE_VERSION } from '@rill/protocol';
import type { Accounts } from '../../domain/accounts.ts';
import type { Rooms } from '../../domain/rooms.ts';
import type { Authenticated, Sessions } from '../../domain/sessions.ts';
import type { UserLine } from '../../store/user-line.ts';
import type { Connection } from '../connection.ts';
import type { Hub } from '../hub.ts';
import type { Hubs } from '../hubs.ts';
import { parcelOf } from '../parcel.ts';
import type { People } from '../people.ts';
import type { Signals } from '../signals.ts';
import { type Ground, Signed } from '../signed.ts';
import type { SocketCounts } from '../socket-counts.ts';

/** Whoever is further behind in one room loads it anew: that is quicker for both. */
const REPLAY_MOST = 20_000;
const RECONNECT = { minMs: 500, maxMs: 30_000 } as const;

export interface HelloParts {
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly rooms: Rooms;
  readonly line: UserLine;
  readonly hubs: Hubs;
  readonly people: People;
  readonly signals: Pick<Signals, 'enter'>;
  readonly socketCounts: Pick<SocketCounts, 'enter'>;
  readonly limits: Limits;
  readonly onGone: Ground['onGone'];
}

/**
 * Says who a connection is and gives it its seats. Everything is subscribed before it is read, the user's line before
 * the session is checked a last time and a room's events before its head: so whatever happens meanwhile is either in
 * what was read or comes by.
 */
export async function hello(parts: HelloParts, connection: Connection, frame: HelloFrame): Promise<void> {
  const token = frame.token ?? connection.credential;
  const known = token === undefined ? undefined : await parts.sessions.authenticate(token);
  if (token === undefined || known === undefined) return connection.close('signed_out');
  const signed = sign(parts, connection, token, known);
  if (signed === undefined) return;
  const person = await parts.people.enter(signed);
  signed.person = person;
  await parts.socketCounts.enter(person);
  const still = await parts.sessions.authenticate(token);
  if (still === undefined) return connection.close('signed_out');
  signed.expiresAt = still.expiresAt;
  signed.acts(still.who.role);
  const me = await parts.accounts.me(signed.who);
  person.hidesPresence = me.hidePresence;
  person.begin(me.rev);
  const hubs = await open(parts, await parts.line.rooms(signed.user));
  const rooms = await parts.rooms.list(signed.who);
  if (signed.closed) return;
  connection.goesLive();
  const { pingSeconds } = parts.limits;
  const welcome = { type: 'welcome', ref: frame.ref, me, rooms, wire: WIRE_VERSION, pingSeconds, reconnect: RECONNECT };
  signed.welcomed(me.rev, parcelOf(welcome));
  parts.signals.enter(signed);
  for (const room of rooms) {
    const hub = hubs.get(room.id);
    // Added to it since the rooms were named: the user's line says so and gives the seat.
    if (hub !== undefined && !signed.hubs.includes(hub)) seat(signed, hub, room, frame.rooms?.[room.id]);
  }
}

function sign(parts: HelloParts, connection: Connection, token: string, known: Authenticated): Signed | undefined {
  const signed = new Signed(token, known, {
    writer: connection.writer,
    isClosed: () => connection.state.is === 'closing',
    close: (name) => connection.close(name),
    onGone: parts.onGone,
  });
  connection.signs(signed);
  return connection.state.is === 'closing' ? undefined : signed;
}

async function open(parts: HelloParts, ids: readonly RoomId[]): Promise<Map<RoomId, Hub>> {
  const hubs = await Promise.all(ids.map((id) => parts.hubs.open(id)));
  return new Map(hubs.map((hub) => [hub.room, hub]));
}

function seat(signed: Signed, hub: Hub, room: Room, cursor: Cursor | undefined): void {
  const { rev, epoch } = room;
  let from = rev;
  if (cursor !== undefined) {
    if (cursor.epoch === epoch && cursor.rev <= rev && rev - cursor.rev <= REPLAY_MOST) from = cursor.rev;
    else signed.writer.push(parcelOf({ type: 'resync', room: room.id, rev, epoch }));
  }
  hub.enter(signed, { rev, epoch }, from, room.fromSeq);
}
