import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import type { Clock } from './clock.ts';
import type { Administration } from './domain/administration.ts';
import { createImport } from './domain/import.ts';
import { createMembers } from './domain/members.ts';
import { createMessages } from './domain/messages.ts';
import { createRooms } from './domain/rooms.ts';
import { createUserPaces } from './domain/user-paces.ts';
import type { Env } from './env.ts';
import { createHealth, type WatchedHealth } from './health.ts';
import { createCredentials } from './http/credentials.ts';
import { type Erasing, startErasing } from './jobs/erase.ts';
import { createLive, type Live } from './live/live.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { counted, timed } from './observed.ts';
import type { Durability } from './store/durability.ts';
import type { FunctionLibrary } from './store/functions.ts';
import { createFrameRelay } from './store/frame-relay.ts';
import { createLastSeen } from './store/last-seen.ts';
import { createMemberStore } from './store/members.ts';
import { createNonceHashes } from './store/nonces.ts';
import type { RedisDoor } from './store/redis.ts';
import { createRoomCalls } from './store/room-calls.ts';
import { createRoomFeed } from './store/room-feed.ts';
import { createRoomLog } from './store/room-log.ts';
import { createRoomStore } from './store/rooms.ts';
import { createUserSends } from './store/user-sends.ts';
import { createUserSockets } from './store/user-sockets.ts';
import { wireAccounts } from './wire-accounts.ts';

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
  /** What `/metrics` answers where this process is one of several. */
  readonly metricsText?: () => Promise<string>;
}

/** The parts that the start and the end of a server deal with. */
export interface Wired {
  readonly app: FastifyInstance;
  readonly live: Live;
  readonly health: WatchedHealth;
  readonly administration: Administration;
  readonly erasing: Erasing;
  readonly metrics: Metrics;
}

/** Makes every part and hands it to those who need it: the one place where they meet. */
export async function wire(ground: Ground): Promise<Wired> {
  const { env, secret, clock, log } = ground;
  const { limits } = env;
  const metrics = createMetrics();
  const redis = timed(ground.redis, metrics);
  const health = createHealth({ ...ground, dataDir: env.dataDir });

  const fixed = { name: env.name, registration: env.registration };
  const calls = createRoomCalls({ redis });
  const memberStore = createMemberStore({ calls });
  const community = await wireAccounts({ redis, memberStore, clock, limits, secret, fixed });
  const {
    accounts,
    sessions,
    administration,
    users,
    directory,
    audit,
    userLine: line,
    serverLine,
    signals,
  } = community;
  const feed = createRoomFeed({ redis, calls });
  const store = createRoomStore({ redis, calls });
  const roomLog = createRoomLog({ calls, nonces: createNonceHashes(secret) });
  const paces = createUserPaces({ limits, clock, sends: createUserSends({ redis }) });
  const rooms = createRooms({ store, line, users, paces, limits, clock, secret });
  const members = createMembers({ store: memberStore, rooms: store, line, users, directory, paces, limits, clock });
  const messages = createMessages({ log: roomLog, feed, line, audit, pace: paces.sends, limits, clock });
  const bring = createImport({ log: roomLog, users, audit, limits, clock });

  const credentials = createCredentials({ origins: env.origins ?? [], publicUrl: env.publicUrl });
  const live = createLive({
    clock,
    limits,
    log,
    accounts,
    messages: counted(messages, metrics, 'socket'),
    rooms,
    sessions,
    feed,
    line,
    link: redis,
    signalStore: signals,
    lastSeen: createLastSeen({ redis }),
    memberStore,
    serverLine,
    userSockets: createUserSockets({ redis }),
    credential: (request) => credentials.upgrade(request),
    listener: (request) => credentials.listen(request),
    relay: createFrameRelay({ redis }),
  });
  metrics.live(live.stats);
  const app = await createApp(
    {
      log,
      metrics: { ...metrics, text: ground.metricsText ?? metrics.text },
      health,
      accounts,
      sessions,
      credentials,
      administration,
      rooms,
      members,
      messages: counted(messages, metrics, 'rest'),
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
  return { app, live, health, administration, erasing, metrics };
}
