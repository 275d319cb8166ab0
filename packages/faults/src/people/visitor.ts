import { setTimeout as sleep } from 'node:timers/promises';
import type { SignedIn } from '@rill/protocol';
import type { World } from '../world.ts';
import { Line } from './line.ts';
import { ask } from './rest.ts';
import { attempt } from './writer.ts';

/** A connection that was not closed by then stays open, and what it still hears is for the checker (ms). */
const PATIENCE = 8_000;

/** Signs in over one node, listens on another, is signed out over any, and looks whether that holds: again and again. */
export async function comeAndGo(world: World): Promise<void> {
  const { visitor, random, history, closed } = world;
  for (let visit = 1; !world.over; visit += 1) {
    const { username, password } = visitor;
    const answer = await ask(random.pick(world.nodes).url, undefined, 'POST', '/login', { username, password });
    if (answer.outcome !== 'ok') {
      await sleep(200 + random.below(300));
      continue;
    }
    const { token = '' } = (answer.body as SignedIn).session;
    const proc = `${username}-visit-${visit}`;
    const me = { ...visitor, username: proc, token };
    const node = random.pick(world.nodes);
    const way = random.pick(['socket', 'stream'] as const);
    const where = { url: node.url, up: () => random.pick(world.nodes).url, token, way };
    const line = new Line({ ...where, user: me.id, node: node.name, proc, history, cursors: new Map() });
    await Promise.race([line.welcomed, sleep(2_000)]);
    await sleep(random.below(800));
    // An unknown outcome is tried again; 401 says that the session is over.
    while ((await attempt(world, me, 'sign-out', { room: '' }, 'POST', '/logout')).outcome === 'info') await sleep(200);
    await attempt(world, me, 'look', { room: closed }, 'GET', `/rooms/${closed}/messages?limit=1`);
    await Promise.race([line.closed, sleep(PATIENCE)]);
    line.drop();
    await line.closed;
  }
}
