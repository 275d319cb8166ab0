import { LINE } from './line.ts';
import { MESSAGES } from './messages.ts';
import { OUTSIDE } from './outside.ts';
import { PLACES } from './places.ts';
import { ROOMS } from './rooms.ts';
import type { Scene } from './scene.ts';

/** Every screen and state there is, in the order in which they are looked at. */
export const SCENES: readonly Scene[] = [...OUTSIDE, ...ROOMS, ...MESSAGES, ...PLACES, ...LINE];
