import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { startRedis, type TestRedis } from '@rill/harness';
import { LIMITS, type Limits, type Problem, type SignedIn } from '@rill/protocol';
import type { FastifyInstance } from 'fastify';
import { createApp } from '../src/app.ts';
import { Refusal } from '../src/domain/refusal.ts';
import type { FixedSettings } from '../src/domain/settings.ts';
import { createCredentials } from '../src/http/credentials.ts';
import { createLog } from '../src/log.ts';
import { createMetrics } from '../src/metrics.ts';
import { createMemberStore } from '../src/store/members.ts';
import { openRedis, type RedisDoor } from '../src/store/redis.ts';
import { createRoomCalls } from '../src/store/room-calls.ts';
import { type AccountsParts, wireAccounts } from '../src/wire-accounts.ts';

export const PASSWORD = 'correct-zebra-lantern-58';
/** Raised so that only the tests of limits meet them. */
const ROOMY: Limits = {
  ...LIMITS,
  loginsPerMinute: 10_000,
  loginsPerAddressMinute: 10_000,
  registrationsPerHour: 10_000,
};

/** An answer, whose body the test says what it takes it for. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  /** The bytes, as text. */
  readonly text: string;
  readonly body: Body;
}

export interface Asking {
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly address?: string;
}

/** Accounts over HTTP with a real Redis and a clock moved by hand. */
export interface Rig {
  readonly redis: TestRedis;
  readonly door: RedisDoor;
  readonly parts: AccountsParts;
  readonly app: FastifyInstance;
  /** Everything that was logged. */
  readonly logged: () => string;
  forward(ms: number): void;
  ask<Body = Problem>(method: string, path: string, asking?: Asking): Promise<Answer<Body>>;
  /** Registers the owner of a new server. */
  owner(): Promise<SignedIn>;
  register(username: string, more?: object): Promise<SignedIn>;
  /** Another node on the same Redis. */
  node(options?: RigOptions): Promise<Rig>;
  stop(): Promise<void>;
}

export interface RigOptions {
  readonly limits?: Partial<Limits>;
  readonly fixed?: FixedSettings;
  readonly publicUrl?: string;
  readonly origins?: readonly string[];
  readonly trustProxy?: boolean;
}

const SECRET = randomBytes(32).toString('base64url');

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const redis = await startRedis({ appendfsync: 'no', settings: { rdbcompression: 'no' } });
  const rig = await startNode(redis, options).catch(async (error: unknown) => {
    await redis.stop();
    throw error;
  });
  return {
    ...rig,
    stop: async () => {
      await rig.stop();
      await redis.stop();
    },
  };
}

async function startNode(redis: TestRedis, options: RigOptions): Promise<Rig> {
  const door = await openRedis({ url: redis.url });
  const limits = { ...ROOMY, ...options.limits };
  let ahead = 0;
  const clock = { now: () => Date.now() + ahead };
  const fixed = options.fixed ?? { registration: 'open' };
  const memberStore = createMemberStore({ calls: createRoomCalls({ redis: door }) });
  const parts = await wireAccounts({ redis: door, memberStore, clock, limits, secret: SECRET, fixed });
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const { publicUrl, origins = [], trustProxy = false } = options;
  // Rooms are other tests' matter.
  const none = new Proxy({}, { get: () => () => Promise.reject(new Refusal('not_found')) }) as never;
  const app = await createApp(
    {
      ...{ rooms: none, members: none, messages: none, bring: none, health: none },
      log: createLog('debug', sink),
      metrics: createMetrics(),
      credentials: createCredentials({ origins, publicUrl }),
      live: async () => {},
      ...parts,
    },
    { limits, trustProxy, publicUrl, origins, metricsToken: undefined, webRoot: redis.folder },
  );

  const ask = async <Body = Problem>(method: string, path: string, asking: Asking = {}): Promise<Answer<Body>> => {
    const { body, token, headers, address } = asking;
    const response = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        host: 'chat.test',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(address === undefined ? {} : { remoteAddress: address }),
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = response.body;
    const json = text !== '' && String(response.headers['content-type']).includes('json');
    // What it is taken for, the test then looks at.
    const taken = (json ? JSON.parse(text) : undefined) as Body;
    return { status: response.statusCode, headers: response.headers, text, body: taken };
  };
  const register = async (username: string, more: object = {}): Promise<SignedIn> => {
    const answer = await ask<SignedIn>('POST', '/register', { body: { username, password: PASSWORD, ...more } });
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
    return answer.body;
  };
  return {
    ...{ redis, door, parts, app, ask, register },
    logged: () => lines.join(''),
    forward: (ms) => {
      ahead += ms;
    },
    owner: async () => register('owner', { code: await parts.administration.ownerCode() }),
    node: (more = {}) => startNode(redis, { ...options, ...more }),
    stop: async () => {
      await app.close();
      await door.close();
    },
  };
}

/** The token, which a sign-in by token always has. */
export function tokenOf({ session }: SignedIn): string {
  if (session.token === undefined) throw new Error('no token');
  return session.token;
}
