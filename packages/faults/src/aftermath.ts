import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestRedis, until } from '@rill/harness';
import type { Room } from '@rill/protocol';
import { canariesOfRecalled, holdsNone } from './checks/recall.ts';
import type { Entry, Violation } from './history/record.ts';
import type { Watching } from './people/observer.ts';
import { ask } from './people/rest.ts';
import type { World } from './world.ts';

/** I12: in ten seconds after everything has healed, every observer that stayed is at the head. */
export async function comeToRest(world: World, watching: readonly Watching[]): Promise<Violation[]> {
  const [node] = world.nodes;
  const heads = async (): Promise<Room[]> => {
    const answer = await ask(node.url, world.owner.token, 'GET', '/rooms');
    return answer.outcome === 'ok' ? (answer.body as { rooms: Room[] }).rooms : [];
  };
  const behind = async (): Promise<string[]> => {
    const rooms = await heads();
    if (rooms.length === 0) return ['the server does not answer'];
    return watching.flatMap(({ name, cursors }) =>
      rooms
        .filter(
          ({ id, rev, epoch }) =>
            cursors.has(id) && !(cursors.get(id)?.rev === rev && cursors.get(id)?.epoch === epoch),
        )
        .map(({ id, rev }) => `${name} is at ${cursors.get(id)?.rev} of ${rev} in ${id}`),
    );
  };
  try {
    await until('every observer at the head', async () => (await behind()).length === 0, 10_000);
    return [];
  } catch {
    return (await behind()).map((says) => ({ rule: 'I12', says }));
  }
}

/** I8 and I16 on disk: recalled texts in no key and no file of Redis; texts, passwords and tokens in no log. */
export async function lookIntoFiles(world: World, entries: readonly Entry[]): Promise<Violation[]> {
  const { store, nodes, owner, writers, guest, observer, visitor } = world;
  const recalled = canariesOfRecalled(entries);
  const servers = store.is === 'single' ? [store.redis] : store.cluster.nodes.map(({ server }) => server);
  const violations: Violation[] = [];
  for (const redis of servers) violations.push(...(await lookIntoRedis(redis, recalled)));
  const secrets = [owner, guest, observer, visitor, ...writers].flatMap(({ token, password }) => [token, password]);
  for (const node of nodes) {
    const said = Buffer.from(node.server.said.join('\n'));
    violations.push(...holdsNone(said, [...secrets, 'cnry-'], `the log of ${node.name}`, 'I16'));
  }
  return violations;
}

async function lookIntoRedis(redis: TestRedis, recalled: ReadonlySet<string>): Promise<Violation[]> {
  const client = redis.client();
  const violations: Violation[] = [];
  await client.config('SET', 'rdbcompression', 'no');
  await client.bgrewriteaof();
  await until(
    'the append-only file is rewritten',
    async () => {
      const info = await client.info('persistence');
      return info.includes('aof_rewrite_in_progress:0') && info.includes('aof_rewrite_scheduled:0');
    },
    60_000,
  );
  // The old file is taken away after the new one is in its place.
  await sleep(500);
  // A replica gives its keys only to who asks for them by name.
  await client.readonly().catch(() => {});
  const dumps: Buffer[] = [];
  for (const key of await client.keys('*')) {
    const dump = await client.dumpBuffer(key);
    if (dump) dumps.push(dump);
  }
  violations.push(...holdsNone(Buffer.concat(dumps), recalled, 'Redis', 'I8'));
  client.disconnect();
  const folder = join(redis.folder, 'appendonlydir');
  for (const file of await readdir(folder)) {
    // An old one may be taken away meanwhile: then nothing stands in it.
    const bytes = await readFile(join(folder, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    violations.push(...holdsNone(bytes, recalled, file, 'I8'));
  }
  return violations;
}
