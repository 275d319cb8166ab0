import { setTimeout as sleep } from 'node:timers/promises';
import { newNonce, type Person } from '@rill/harness';
import type { Cursor, RoomId } from '@rill/protocol';
import { ERRORS, isErrorCode } from '@rill/protocol/errors';
import type { Outcome } from '../history/record.ts';
import type { ChatNode, World } from '../world.ts';
import type { Way } from './carrier.ts';
import { newCanary } from './canary.ts';
import { Line, type Reply } from './line.ts';
import { words } from './writer.ts';

/** Says things over a line of a node, and over the next when that is lost, each until it is known what became of it. */
export async function talk(world: World, me: Person, node: ChatNode, way: Way): Promise<void> {
  const cursors = new Map<RoomId, Cursor>();
  const where = { url: node.url, up: () => world.random.pick(world.nodes).url, token: me.token };
  const proc = `${me.username}-${way}-${node.name}`;
  let line: Line | undefined;
  while (!world.over) {
    const room = world.random.pick([world.open, world.closed]);
    const said = { type: 'send', room, nonce: newNonce() };
    const canary = newCanary();
    const text = words(world, canary);
    for (;;) {
      line ??= new Line({ ...where, way, user: me.id, node: node.name, proc, history: world.history, cursors });
      const lost = !(await line.welcomed);
      const start = world.history.now();
      const reply: Reply = lost ? { type: 'lost' } : await line.ask({ ...said, text });
      if (!lost) note(world, me, start, { room, key: said.nonce, canary }, reply);
      if (
        reply.type === 'ack' ||
        (reply.type === 'error' && reply.frame.code !== 'rate_limited' && outcomeOf(reply) === 'fail')
      )
        break;
      if (reply.type === 'lost') {
        line.drop();
        await line.closed;
        line = undefined;
      }
      await sleep(100 + world.random.below(200));
    }
    await sleep(world.random.below(25));
  }
  line?.drop();
}

/** As a request would be answered with the same code. */
function outcomeOf(reply: Reply): Outcome {
  if (reply.type === 'ack') return 'ok';
  if (reply.type === 'lost' || !isErrorCode(reply.frame.code)) return 'info';
  return ERRORS[reply.frame.code].status < 500 ? 'fail' : 'info';
}

function note(
  world: World,
  me: Person,
  start: number,
  about: { readonly room: RoomId; readonly key: string; readonly canary: string },
  reply: Reply,
): void {
  const message = reply.type === 'ack' ? reply.frame.message : undefined;
  world.history.add({
    is: 'operation',
    start,
    end: world.history.now(),
    proc: me.username,
    user: me.id,
    act: 'send',
    outcome: outcomeOf(reply),
    ...about,
    ...(reply.type === 'error' && { code: reply.frame.code }),
    ...(message !== undefined && { seq: message.seq, rev: message.rev }),
  });
}
