import { type Static, Type } from 'typebox';
import { WelcomeFrameSchema } from './hello.ts';
import {
  AckFrameSchema,
  ErrorFrameSchema,
  EventFrameSchema,
  PersonalFrameSchema,
  ResyncFrameSchema,
  SignalFrameSchema,
} from './replies.ts';

/** Every frame a server may send. A client ignores types and fields it does not know. */
export const DownFrameSchema = Type.Union([
  WelcomeFrameSchema,
  EventFrameSchema,
  PersonalFrameSchema,
  SignalFrameSchema,
  ResyncFrameSchema,
  AckFrameSchema,
  ErrorFrameSchema,
]);
export type DownFrame = Static<typeof DownFrameSchema>;
