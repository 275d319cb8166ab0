import type { Words } from '../words.ts';
import { administration } from './administration.ts';
import { app } from './app.ts';
import { composer } from './composer.ts';
import { errors } from './errors.ts';
import { members } from './members.ts';
import { room } from './room.ts';
import { rooms } from './rooms.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { switcher } from './switcher.ts';
import { timeline } from './timeline.ts';

export const zh: Words = {
  administration,
  app,
  composer,
  errors,
  members,
  room,
  rooms,
  session,
  settings,
  switcher,
  timeline,
};
