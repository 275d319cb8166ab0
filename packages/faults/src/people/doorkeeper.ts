import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../world.ts';
import { attempt } from './writer.ts';

/** The owner removes the guest from the closed room and lets them in again, and takes messages away. */
export async function keepDoor(world: World): Promise<void> {
  const { owner, guest, closed, random } = world;
  const path = `/rooms/${closed}/members/${guest.id}`;
  while (!world.over) {
    await attempt(world, owner, 'end', { room: closed, target: guest.id }, 'DELETE', path);
    await sleep(300 + random.below(1_200));
    await attempt(world, owner, 'add', { room: closed, target: guest.id }, 'PUT', path);
    await sleep(300 + random.below(1_200));
    const seq = 2 + random.below(200);
    const message = `/rooms/${closed}/messages/${seq}/remove`;
    await attempt(world, owner, 'remove', { room: closed, seq }, 'POST', message, { reason: 'spam' });
  }
}
