import { setTimeout as sleep } from 'node:timers/promises';
import { type Person, newNonce } from '@rill/harness';
import type { Message, RoomId } from '@rill/protocol';
import type { Act, Operation } from '../history/record.ts';
import type { World } from '../world.ts';
import { newCanary } from './canary.ts';
import { type Answer, ask, codeOf } from './rest.ts';
import { messageSeen } from './sight.ts';

interface Mine {
  readonly room: RoomId;
  readonly seq: number;
}

/** Says things, changes and recalls them, over either node, and tries again whatever has no answer. */
export async function write(world: World, me: Person): Promise<void> {
  const { random } = world;
  const mine: Mine[] = [];
  while (!world.over) {
    const dice = random.next();
    const some = mine.length > 0 ? random.pick(mine.slice(-8)) : undefined;
    if (some === undefined || dice < 0.8) {
      const room = random.pick([world.open, world.closed]);
      const seq = await say(world, me, room);
      if (seq !== undefined) mine.push({ room, seq });
    } else if (dice < 0.87) await edit(world, me, some);
    else if (dice < 0.95) {
      await once(world, me, 'recall', some, 'POST', `/rooms/${some.room}/messages/${some.seq}/recall`);
    } else if (dice < 0.97)
      await once(world, me, 'hide', some, 'POST', `/rooms/${some.room}/messages/${some.seq}/hide`);
    else await once(world, me, 'read', some, 'PUT', `/rooms/${some.room}/read`, { seq: some.seq });
    await sleep(random.below(12));
  }
}

/** One message, tried with the same nonce over any node until it is known what became of it. */
export async function say(world: World, me: Person, room: RoomId): Promise<number | undefined> {
  const key = newNonce();
  const canary = newCanary();
  const text = words(world, canary);
  for (;;) {
    const answer = await attempt(world, me, 'send', { room, key, canary }, 'POST', `/rooms/${room}/messages`, {
      nonce: key,
      text,
    });
    if (answer.outcome === 'ok') return (answer.body as Message).seq;
    if (answer.outcome === 'fail' && answer.status !== 429) return undefined;
    await sleep(Math.max(answer.retryAfterMs, 100 + world.random.below(200)));
  }
}

/** Some texts are long, and stand outside the log's chunks. */
export function words(world: World, canary: string): string {
  return world.random.next() < 0.05 ? `${canary} ${'長'.repeat(600)}` : `${canary} 你好 hello`;
}

async function edit(world: World, me: Person, { room, seq }: Mine): Promise<void> {
  const canary = newCanary();
  await attempt(world, me, 'edit', { room, seq, canary }, 'PATCH', `/rooms/${room}/messages/${seq}`, {
    text: `${canary} changed`,
  });
}

/** Something that is tried once: its outcome may stay unknown. */
function once(
  world: World,
  me: Person,
  act: Act,
  { room, seq }: Mine,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  return attempt(world, me, act, { room, seq }, method, path, body);
}

type About = Pick<Operation, 'room'> & Partial<Pick<Operation, 'key' | 'canary' | 'seq' | 'target'>>;

/** Asks one of the nodes and writes down what was asked and what came back. */
export async function attempt(
  world: World,
  me: Person,
  act: Act,
  about: About,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const { history } = world;
  const node = world.random.pick(world.nodes);
  const start = history.now();
  const answer = await ask(node.url, me.token, method, path, body);
  const end = history.now();
  const message = answer.outcome === 'ok' && (act === 'send' || act === 'edit') ? (answer.body as Message) : undefined;
  history.add({
    is: 'operation',
    start,
    end,
    proc: me.username,
    user: me.id,
    act,
    outcome: answer.outcome,
    ...about,
    ...(answer.outcome === 'ok' ? {} : { code: codeOf(answer) }),
    ...(message !== undefined && { seq: messageSeen(message).seq ?? 0, rev: message.rev }),
  });
  return answer;
}
