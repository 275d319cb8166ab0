import type { RoomId, UserId } from '@rill/protocol';
import { Refusal } from '../domain/refusal.ts';
import type { MemberStore } from '../store/members.ts';
import type { UserLine } from '../store/user-line.ts';
import { Limiter } from './limiter.ts';
import { isIn, type Seated } from './seat.ts';

const READS_AT_ONCE = 16;
/** The index of a user's rooms may name one too many for a moment, not three. */
const TRIES = 3;

export interface AcquaintanceParts {
  readonly members: Pick<MemberStore, 'among'>;
  readonly line: Pick<UserLine, 'rooms'>;
}

/** Who may know whether somebody is here: only people one shares a room with. */
export interface Acquaintance {
  /** For each of the users a room that both are in; the rooms on the screen are looked at first. */
  rooms(
    connection: Seated,
    users: readonly UserId[],
    onScreen: readonly RoomId[],
  ): Promise<ReadonlyMap<UserId, RoomId>>;
  /** Whether the user is still in that room. */
  holds(connection: Seated, user: UserId, room: RoomId): Promise<boolean>;
}

export function createAcquaintance({ members, line }: AcquaintanceParts): Acquaintance {
  const limiter = new Limiter(READS_AT_ONCE);

  async function among(connection: Seated, room: RoomId, users: readonly UserId[]): Promise<readonly UserId[]> {
    if (users.length === 0 || !isIn(connection, room)) return [];
    try {
      const found = await members.among(connection.user, room, users);
      return found.members.map(({ user }) => user);
    } catch (error) {
      // Has been removed, and the event is on its way.
      if (error instanceof Refusal && error.code === 'not_found') return [];
      throw error;
    }
  }

  async function common(connection: Seated, user: UserId): Promise<RoomId | undefined> {
    const mine = new Set(connection.hubs.map(({ room }) => room));
    const both = (await line.rooms(user)).filter((room) => mine.has(room));
    for (const room of both.slice(0, TRIES)) if ((await among(connection, room, [user])).length > 0) return room;
    return undefined;
  }

  return {
    async rooms(connection, users, onScreen) {
      const found = new Map<UserId, RoomId>();
      for (const room of onScreen) {
        const rest = users.filter((user) => !found.has(user));
        for (const user of await among(connection, room, rest)) found.set(user, room);
      }
      const rest = users.filter((user) => !found.has(user));
      await Promise.all(
        rest.map((user) =>
          limiter.run(async () => {
            const room = connection.closed ? undefined : await common(connection, user);
            if (room !== undefined) found.set(user, room);
          }),
        ),
      );
      return found;
    },
    holds: async (connection, user, room) => (await among(connection, room, [user])).length > 0,
  };
}
