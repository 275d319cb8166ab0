import { type Static, Type } from 'typebox';
import { FollowFrameSchema, PingFrameSchema, TypingFrameSchema } from './attention.ts';
import { HelloFrameSchema } from './hello.ts';
import {
  EditFrameSchema,
  HideFrameSchema,
  ReadFrameSchema,
  RecallFrameSchema,
  RemoveFrameSchema,
  SendFrameSchema,
} from './messages.ts';

/** Every frame a client may send, by its type. */
export const UP_FRAMES = {
  hello: HelloFrameSchema,
  send: SendFrameSchema,
  edit: EditFrameSchema,
  recall: RecallFrameSchema,
  hide: HideFrameSchema,
  remove: RemoveFrameSchema,
  read: ReadFrameSchema,
  typing: TypingFrameSchema,
  follow: FollowFrameSchema,
  ping: PingFrameSchema,
} as const;

export const UpFrameSchema = Type.Union([
  HelloFrameSchema,
  SendFrameSchema,
  EditFrameSchema,
  RecallFrameSchema,
  HideFrameSchema,
  RemoveFrameSchema,
  ReadFrameSchema,
  TypingFrameSchema,
  FollowFrameSchema,
  PingFrameSchema,
]);
export type UpFrame = Static<typeof UpFrameSchema>;
export type UpFrameType = UpFrame['type'];
