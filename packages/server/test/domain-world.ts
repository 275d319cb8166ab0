import { EventEmitter, once } from 'node:events';
import { LIMITS, type Limits, type ServerRole, type SessionId, type UserId } from '@rill/protocol';
import { createImport, type Import } from '../src/domain/import.ts';
import { createMembers, type Members } from '../src/domain/members.ts';
import { createMessages, type Messages } from '../src/domain/messages.ts';
import { createRooms, type Rooms } from '../src/domain/rooms.ts';
import { createUserPaces } from '../src/domain/user-paces.ts';
import { foldName } from '../src/domain/username.ts';
import type { Who } from '../src/domain/who.ts';
import { type AuditLog, createAuditLog } from '../src/store/audit.ts';
import { createNames } from '../src/store/names.ts';
import { createDirectory } from '../src/store/directory.ts';
import { createUserLine, type LineEntry, type UserLine } from '../src/store/user-line.ts';
import { createUserSends } from '../src/store/user-sends.ts';
import { createUsers, type Users } from '../src/store/users.ts';
import { type RoomWorld, startRoomWorld } from './room-world.ts';

/** Rooms, members and messages as routes and sockets call them, over a real Redis, in somebody's name. */
export interface DomainWorld {
  readonly store: RoomWorld;
  readonly rooms: Rooms;
  readonly members: Members;
  readonly messages: Messages;
  readonly bring: Import;
  readonly line: UserLine;
  readonly users: Users;
  readonly audit: AuditLog;
  person(username: string, role?: ServerRole): Promise<Who>;
  /** What a user's own line tells from now on: the first so many entries. */
  told(who: Who): Promise<(count: number) => Promise<LineEntry[]>>;
  stop(): Promise<void>;
}

export async function startDomainWorld(more: Partial<Limits> = {}): Promise<DomainWorld> {
  const limits = { ...LIMITS, ...more };
  const store = await startRoomWorld({ appendfsync: 'no' }, limits);
  const { door: redis, clock, log, feed, rooms } = store;
  const users = createUsers({ redis });
  const names = createNames({ redis });
  const line = createUserLine({ redis, clock, limits });
  const audit = createAuditLog({ redis });
  const paces = createUserPaces({ limits, clock, sends: createUserSends({ redis }) });
  let count = 0;
  return {
    store,
    rooms: createRooms({ store: rooms, line, users, paces, limits, clock, secret: 'secret of a test' }),
    members: createMembers({
      store: store.members,
      rooms,
      line,
      users,
      directory: createDirectory({ redis }),
      paces,
      limits,
      clock,
    }),
    messages: createMessages({ log, feed, line, audit, pace: paces.sends, limits, clock }),
    bring: createImport({ log, users, audit, limits, clock }),
    line,
    users,
    audit,
    async person(username, role = 'member') {
      const id = `p${String(count++).padStart(9, '0')}` as UserId;
      const folded = foldName(username);
      await names.reserve(folded, id, 60_000);
      const person = { id, username, displayName: username, role, password: '', at: clock.now() };
      await users.create({ ...person, kind: 'person' }, 3_600_000);
      await names.confirm(folded, id);
      return { user: id, session: 'session00000' as SessionId, role };
    },
    async told(who) {
      const entries: LineEntry[] = [];
      const heard = new EventEmitter();
      const stop = await line.subscribe(who.user, (_, entry) => {
        entries.push(entry);
        heard.emit('entry');
      });
      return async (count) => {
        while (entries.length < count) await once(heard, 'entry');
        await stop();
        return entries;
      };
    },
    stop: () => store.stop(),
  };
}
