import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '@rill/harness';
import type { Cursor, Events, ListedMember, Message, Page, Room, RoomId } from '@rill/protocol';
import { isReadable } from '@rill/protocol';
import type { ChatNode, World } from '../world.ts';
import { canariesIn } from './canary.ts';
import type { Way } from './carrier.ts';
import { Line } from './line.ts';
import { ask } from './rest.ts';
import { eventSeen, messageSeen } from './sight.ts';

/** How a live observer behaves: stays on; reads slowly; goes away without a word and comes back with its cursors. */
export type Manner = 'steady' | 'slow' | 'restless';

/** A live observer's positions, to be compared with the heads when all has come to rest. */
export interface Watching {
  readonly name: string;
  readonly cursors: ReadonlyMap<RoomId, Cursor>;
}

const SLOW = 40_000;

/** Watches over a line of one node for as long as the run lasts, coming back whenever the line is lost. */
export function watch(
  world: World,
  me: Person,
  node: ChatNode,
  { way, manner }: { readonly way: Way; readonly manner: Manner },
  until: Promise<void>,
): Watching {
  const cursors = new Map<RoomId, Cursor>();
  const name = `${me.username}-${way}-${manner}-${node.name}`;
  void (async () => {
    const stopped = until.then(() => true as const);
    let done = false;
    while (!done) {
      const line = new Line({
        way,
        url: node.url,
        up: () => world.random.pick(world.nodes).url,
        token: me.token,
        user: me.id,
        node: node.name,
        proc: name,
        history: world.history,
        cursors,
        ...(manner === 'slow' && { bytesPerSecond: SLOW }),
      });
      const restless = manner === 'restless' && !world.over;
      const tired = restless ? sleep(200 + world.random.below(1_500)).then(() => false) : new Promise<never>(() => {});
      done = (await Promise.race([line.closed.then(() => false), stopped, tired])) === true;
      line.drop();
      await line.closed;
      if (!done) await sleep(100 + world.random.below(200));
    }
  })();
  return { name, cursors };
}

/** Reads pages and events over REST, node after node, as a client without sockets does. */
export async function poll(world: World, me: Person, node: ChatNode): Promise<void> {
  const positions = new Map<RoomId, Cursor>();
  while (!world.over) {
    const room = world.random.pick([world.open, world.closed]);
    await readPage(world, me, node, room, `${me.username}-pages-${node.name}`);
    await readEvents(world, me, node, room, positions);
    await sleep(30 + world.random.below(60));
  }
}

async function readPage(world: World, me: Person, node: ChatNode, room: RoomId, proc: string): Promise<void> {
  const { history } = world;
  const start = history.now();
  const answer = await ask(node.url, me.token, 'GET', `/rooms/${room}/messages?limit=40`);
  if (answer.outcome !== 'ok') return;
  const page = answer.body as Page;
  const at = history.now();
  for (const message of page.messages)
    note(world, { start, at, proc, me, node, path: 'page' }, room, page.epoch, message);
  const { seq, rev, epoch } = page;
  history.add({ is: 'reading', start, at, proc, user: me.id, node: node.name, room, epoch, rev, seq, final: false });
}

async function readEvents(
  world: World,
  me: Person,
  node: ChatNode,
  room: RoomId,
  positions: Map<RoomId, Cursor>,
): Promise<void> {
  const { history } = world;
  const position = positions.get(room);
  const start = history.now();
  if (position === undefined) {
    const answer = await ask(node.url, me.token, 'GET', `/rooms/${room}`);
    if (answer.outcome !== 'ok') return;
    const { rev, epoch } = answer.body as Room;
    positions.set(room, { rev, epoch });
    return;
  }
  const query = `after=${position.rev}&epoch=${position.epoch}`;
  const answer = await ask(node.url, me.token, 'GET', `/rooms/${room}/events?${query}`);
  if (answer.outcome === 'fail') positions.delete(room);
  if (answer.outcome !== 'ok') return;
  const { events, epoch } = answer.body as Events;
  const at = history.now();
  const proc = `${me.username}-events-${node.name}`;
  for (const { rev, event } of events) {
    const canaries = canariesIn(JSON.stringify(event));
    const where = { start, at, proc, user: me.id, node: node.name, path: 'events' as const };
    history.add({ is: 'sighting', ...where, room, epoch, rev, ...eventSeen(event), canaries });
    positions.set(room, { rev, epoch });
  }
}

interface Where {
  readonly start: number;
  readonly at: number;
  readonly proc: string;
  readonly me: Person;
  readonly node: ChatNode;
  readonly path: 'page' | 'one' | 'edits';
}

function note(world: World, { me, node, ...where }: Where, room: RoomId, epoch: string, message: Message): void {
  const canaries = canariesIn(JSON.stringify(message));
  world.history.add({
    is: 'sighting',
    ...where,
    user: me.id,
    node: node.name,
    room,
    epoch,
    ...messageSeen(message),
    canaries,
  });
}

/** Reads a whole room when everything has come to rest, with its badge and its owners. */
export async function readAll(world: World, me: Person, node: ChatNode, room: RoomId): Promise<void> {
  const { history } = world;
  const proc = `final-${me.username}-${node.name}-${room}`;
  const start = history.now();
  const summary = await must<Room>(node, me, `/rooms/${room}`);
  const { members } = await must<{ members: ListedMember[] }>(node, me, `/rooms/${room}/members?limit=200`);
  let unreadListed = 0;
  let after = 0;
  for (;;) {
    const page = await must<Page>(node, me, `/rooms/${room}/messages?after=${after}&limit=200`);
    const at = history.now();
    for (const message of page.messages) {
      note(world, { start, at, proc, me, node, path: 'page' }, room, page.epoch, message);
      if (message.seq > summary.readSeq && isReadable(message)) unreadListed += 1;
      after = message.seq;
    }
    if (page.messages.length === 0) break;
  }
  const { epoch, rev, seq, unread } = summary;
  const owners = members.filter(({ role }) => role === 'owner').length;
  const where = { start, at: history.now(), proc, user: me.id, node: node.name, room };
  history.add({ is: 'reading', ...where, epoch, rev, seq, final: true, owners, unread, unreadListed });
}

/** After all has healed there is no excuse for a missing answer. */
async function must<Body>(node: ChatNode, me: Person, path: string): Promise<Body> {
  for (let tries = 0; tries < 20; tries += 1) {
    const answer = await ask(node.url, me.token, 'GET', path);
    if (answer.outcome === 'ok') return answer.body as Body;
    await sleep(500);
  }
  throw new Error(`${node.name} does not answer ${path} after everything has healed`);
}
