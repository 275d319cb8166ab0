import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Person,
  type Proxy,
  register,
  type ServerProcess,
  startCluster,
  startProxy,
  startRedis,
  startServerProcess,
  type TestCluster,
  type TestRedis,
} from '@rill/harness';
import type { RoomId } from '@rill/protocol';
import { History } from './history/history.ts';
import { type Random, seeded } from './random.ts';

/** One chat node with a proxy on either side of it. */
export interface ChatNode {
  readonly name: string;
  readonly server: ServerProcess;
  /** Between clients and the node. */
  readonly front: Proxy;
  /** Between the node and its one Redis. */
  readonly back?: Proxy;
  /** Where clients reach it: through the front proxy. */
  readonly url: string;
}

/** Where the data are. */
export type Store =
  /** One Redis; its folder is a small file system of its own where that may be made, so that it can be filled. */
  | { readonly is: 'single'; readonly redis: TestRedis; readonly folder: string; readonly small: boolean }
  | { readonly is: 'cluster'; readonly cluster: TestCluster };

/** Everything a run is made of: two nodes on one store, and people. */
export interface World {
  readonly random: Random;
  readonly history: History;
  readonly store: Store;
  readonly nodes: readonly [ChatNode, ChatNode];
  readonly owner: Person;
  readonly writers: readonly Person[];
  readonly observer: Person;
  /** Is removed from the closed room and let in again, all the time. */
  readonly guest: Person;
  /** Signs in, listens, and is signed out elsewhere, all the time. */
  readonly visitor: Person;
  readonly open: RoomId;
  readonly closed: RoomId;
  /** Nothing is said here but while somebody cannot hear it: no later event tells of one that was missed. */
  readonly quiet: RoomId;
  /** True from when no more is begun. */
  over: boolean;
  stop(): Promise<void>;
}

const SETTINGS = {
  LIMIT_SENDS_PER_SECOND: '100000',
  LIMIT_SEND_BURST: '100000',
  LIMIT_ROOM_SENDS_PER_SECOND: '100000',
  LIMIT_FRAMES_PER_SECOND: '100000',
  LIMIT_FRAME_BURST: '100000',
  LIMIT_SOCKETS_PER_USER: '1000',
  LIMIT_REQUESTS_PER_MINUTE: '10000000',
  LIMIT_LOGINS_PER_MINUTE: '100000',
  LIMIT_LOGINS_PER_ADDRESS_MINUTE: '100000',
  LIMIT_RECALL_SECONDS: '86400',
};
/** What a quarter of an hour writes fits in: its append-only file is not rewritten by itself. */
const DISK_MIB = 1_024;

export interface WorldOptions {
  readonly seed: number;
  /** Where the history is written, line by line. */
  readonly file?: string;
  readonly writers: number;
  readonly on: Store['is'];
  /** Another main.ts than the product's: a copy with a bug planted in it. */
  readonly main?: string;
}

/** Starts Redis, nodes and people; nothing fails yet. What was started is stopped again when something does not start. */
export async function makeWorld(options: WorldOptions): Promise<World> {
  /** What to do at the end, the last thing first. */
  const endings: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const ending of endings.splice(0).reverse()) await ending();
  };
  try {
    return await startWorld(options, endings, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startWorld(
  options: WorldOptions,
  endings: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<World> {
  const history = new History(options.file);
  endings.push(() => history.close());
  const store = await startStore(options.on, endings);
  const nodes = [await makeNode('n1', store, options, endings), await makeNode('n2', store, options, endings)] as const;
  const [first, second] = nodes;
  const owner = await register(first.url, { username: 'owner', code: first.server.ownerCode });
  const writers: Person[] = [];
  for (let at = 0; at < options.writers; at += 1) {
    writers.push(await register((at % 2 === 0 ? first : second).url, { username: `writer-${at}` }));
  }
  const observer = await register(first.url, { username: 'observer' });
  const guest = await register(second.url, { username: 'guest' });
  const visitor = await register(first.url, { username: 'visitor' });
  const people = [...writers, observer, visitor].map(({ id }) => id);
  const open = await owner.makeRoom({ kind: 'open', name: 'Hall', members: people });
  const closed = await owner.makeRoom({ kind: 'closed', name: 'Attic', members: [...people, guest.id] });
  const quiet = await owner.makeRoom({ kind: 'closed', name: 'Cellar', members: people });
  for (const { id, members } of [
    { id: open.id, members: [owner.id, ...people] },
    { id: closed.id, members: [owner.id, ...people, guest.id] },
    { id: quiet.id, members: [owner.id, ...people] },
  ]) {
    for (const target of members) {
      const at = history.now();
      history.add({
        is: 'operation',
        start: at,
        end: at,
        proc: 'owner',
        user: owner.id,
        act: 'add',
        outcome: 'ok',
        room: id,
        target,
      });
    }
  }
  const random = seeded(options.seed);
  const rooms = { open: open.id, closed: closed.id, quiet: quiet.id };
  return { random, history, store, nodes, owner, writers, observer, guest, visitor, ...rooms, over: false, stop };
}

const SECRET = 'a secret of a fault run, forty letters long';

async function startStore(is: Store['is'], endings: (() => Promise<unknown>)[]): Promise<Store> {
  if (is === 'cluster') {
    const cluster = await startCluster();
    endings.push(() => cluster.stop());
    return { is, cluster };
  }
  const folder = await mkdtemp(join(tmpdir(), 'rill-faults-'));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  const small = mountSmall(folder);
  if (small) endings.push(async () => execFileSync('umount', ['-l', folder]));
  const redis = await startRedis({ folder, appendfsync: 'always', settings: { 'auto-aof-rewrite-percentage': '0' } });
  endings.push(() => redis.stop());
  return { is, redis, folder, small };
}

async function makeNode(
  name: string,
  store: Store,
  options: WorldOptions,
  endings: (() => Promise<unknown>)[],
): Promise<ChatNode> {
  const back = store.is === 'single' ? await startProxy({ path: store.redis.socket }) : undefined;
  endings.push(async () => back?.stop());
  const server = await startServerProcess({
    env: {
      ...SETTINGS,
      SECRET,
      ...(back && { REDIS_URL: `redis://127.0.0.1:${back.port}` }),
      ...(store.is === 'cluster' && { REDIS_CLUSTER: store.cluster.hosts }),
    },
    ...(options.main !== undefined && { main: options.main }),
  });
  endings.push(() => server.stop());
  const front = await startProxy({ host: '127.0.0.1', port: Number(new URL(server.url).port) });
  endings.push(() => front.stop());
  return { name, server, front, ...(back && { back }), url: `http://127.0.0.1:${front.port}` };
}

/** A file system of its own over the folder, of memory; false where one may not make it. */
function mountSmall(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'rill-faults', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
