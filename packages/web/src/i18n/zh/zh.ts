import type { Words } from '../words.ts';
import { app } from './app.ts';
import { composer } from './composer.ts';
import { errors } from './errors.ts';
import { room } from './room.ts';
import { rooms } from './rooms.ts';
import { timeline } from './timeline.ts';

export const zh: Words = {
  app,
  composer,
  errors,
  room,
  rooms,
  timeline,
};
