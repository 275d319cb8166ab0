import { app } from './app.ts';
import { composer } from './composer.ts';
import { errors } from './errors.ts';
import { room } from './room.ts';
import { rooms } from './rooms.ts';
import { timeline } from './timeline.ts';

export const en = {
  app,
  composer,
  errors,
  room,
  rooms,
  timeline,
};
