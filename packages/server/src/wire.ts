import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import type { Clock } from './clock.ts';
import { createAccounts } from './domain/accounts.ts';
import { type Administration, createAdministration } from './domain/administration.ts';
import { createAttempts } from './domain/attempts.ts';
import { createGoverning } from './domain/governing.ts';
import { createHashing } from './domain/hashing.ts';
import { createImport } from './domain/import.ts';
import { createInvitations } from './domain/invitations.ts';
import { createMembers } from './domain/members.ts';
import { createMessages } from './domain/messages.ts';
import { loadPasswordRules } from './domain/password.ts';
import { createPasswordChange } from './domain/password-change.ts';
import { createPeople } from './domain/people.ts';
import { createPlaces } from './domain/places.ts';
import { createRegistration } from './domain/registration.ts';
import { createRooms } from './domain/rooms.ts';
import { createSessions } from './domain/sessions.ts';
import { createSignIn } from './domain/sign-in.ts';
import type { Env } from './env.ts';
import { createHealth, type WatchedHealth } from './health.ts';
import { createCredentials } from './http/credentials.ts';
import { type Erasing, startErasing } from './jobs/erase.ts';
import { createLive, type Live } from './live/live.ts';
import { createMetrics } from './metrics.ts';
import { createAuditLog } from './store/audit.ts';
import { createDirectory } from './store/directory.ts';
import type { Durability } from './store/durability.ts';
import type { FunctionLibrary } from './store/functions.ts';
import { createInvites } from './store/invites.ts';
import { createMemberStore } from './store/members.ts';
import { createNames } from './store/names.ts';
import { createNonceHashes } from './store/nonces.ts';
import { createPaces } from './store/paces.ts';
import { createStoredPasswords } from './store/passwords.ts';
import type { RedisDoor } from './store/redis.ts';
import { createRoomCalls } from './store/room-calls.ts';
import { createRoomFeed } from './store/room-feed.ts';
import { createRoomLog } from './store/room-log.ts';
import { createRoomStore } from './store/rooms.ts';
import { createServerStore } from './store/server.ts';
import { createServerLine } from './store/server-line.ts';
import { createStoredSessions } from './store/sessions.ts';
import { createUserLine } from './store/user-line.ts';
import { createUsers } from './store/users.ts';

/** What the parts stand on. */
export interface Ground {
  readonly env: Env;
  readonly redis: RedisDoor;
  readonly library: FunctionLibrary;
  readonly durability: Durability;
  readonly secret: string;
  readonly clock: Clock;
  readonly log: FastifyBaseLogger;
  /** Folder of the built web client. */
  readonly webRoot: string;
  readonly eraseAfterMs?: number;
}

/** The parts that the start and the end of a server deal with. */
export interface Wired {
  readonly app: FastifyInstance;
  readonly live: Live;
  readonly health: WatchedHealth;
  readonly administration: Administration;
  readonly erasing: Erasing;
}

/** Makes every part and hands it to those who need it: the one place where they meet. */
export async function wire(ground: Ground): Promise<Wired> {
  const { env, redis, secret, clock, log } = ground;
  const { limits } = env;
  const metrics = createMetrics();
  const health = createHealth({ ...ground, dataDir: env.dataDir });

  const users = createUsers({ redis });
  const line = createUserLine({ redis, clock, limits });
  const calls = createRoomCalls({ redis });
  const feed = createRoomFeed({ redis, calls });
  const store = createRoomStore({ redis, calls });
  const roomLog = createRoomLog({ calls, nonces: createNonceHashes(secret) });
  const audit = createAuditLog({ redis });
  const rooms = createRooms({ store, line, users, limits, clock, secret });
  const members = createMembers({ store: createMemberStore({ calls }), rooms: store, line, users, limits, clock });
  const messages = createMessages({ log: roomLog, feed, line, audit, limits, clock });
  const bring = createImport({ log: roomLog, users, audit, limits, clock });

  const { accounts, sessions, administration } = await community(ground, { users, audit });
  const credentials = createCredentials({ origins: env.origins ?? [], publicUrl: env.publicUrl });
  const live = createLive({
    clock,
    limits,
    log,
    accounts,
    messages,
    rooms,
    sessions,
    feed,
    line,
    link: redis,
    credential: (request) => credentials.upgrade(request),
  });
  const app = await createApp(
    {
      log,
      metrics,
      health,
      accounts,
      sessions,
      credentials,
      administration,
      rooms,
      members,
      messages,
      bring,
      live: live.plugin,
    },
    {
      limits,
      trustProxy: env.trustProxy,
      publicUrl: env.publicUrl,
      origins: env.origins ?? [],
      metricsToken: env.metricsToken,
      webRoot: ground.webRoot,
    },
  );
  const waiting = ground.eraseAfterMs;
  const erasing = startErasing({
    redis,
    log,
    ...(waiting === undefined ? {} : { waitMs: waiting, lookEveryMs: waiting }),
  });
  return { app, live, health, administration, erasing };
}

/** Who is here: accounts, sign-ins, and those who govern. */
async function community(
  { env, redis, secret, clock }: Ground,
  { users, audit }: { users: ReturnType<typeof createUsers>; audit: ReturnType<typeof createAuditLog> },
) {
  const { limits } = env;
  const fixed = { name: env.name, registration: env.registration };
  const server = createServerStore({ redis });
  const serverLine = createServerLine({ redis });
  const names = createNames({ redis });
  const invites = createInvites({ redis });
  const passwords = createStoredPasswords({ redis });
  const hashing = createHashing();
  const rules = await loadPasswordRules(limits);
  const attempts = createAttempts({ paces: createPaces({ redis, clock }), secret, limits });
  const people = createPeople({ users, directory: createDirectory({ redis }) });
  const sessions = createSessions({ stored: createStoredSessions({ redis }), clock, limits });
  const places = createPlaces({ server, invites, users, names, clock, secret });
  const registration = createRegistration({ users, names, places, people, hashing, clock });
  const signIn = createSignIn({
    users,
    passwords,
    server,
    sessions,
    registration,
    places,
    attempts,
    hashing,
    rules,
    limits,
    fixedMode: fixed.registration,
  });
  const passwordChange = createPasswordChange({ users, passwords, attempts, hashing, rules, clock });
  const accounts = createAccounts({ users, serverLine, sessions, signIn, passwordChange, people, limits });
  const administration = createAdministration({
    server,
    auditLog: audit,
    invitations: createInvitations({ invites, clock, limits }),
    governing: createGoverning({ users, passwords, audit, serverLine, clock, limits }),
    clock,
    limits,
    secret,
    fixed,
  });
  return { accounts, sessions, administration };
}
