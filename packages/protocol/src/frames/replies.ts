import { type Static, Type } from 'typebox';
import { EpochSchema, RoomIdSchema } from '../ids.ts';
import { MessageSchema } from '../message.ts';
import { PersonalEventSchema } from '../personal-event.ts';
import { RoomEventSchema } from '../event.ts';
import { SignalSchema } from '../signal.ts';
import { CountSchema, RevSchema } from '../time.ts';
import { down } from './base.ts';

/** It is done, and stored where it had to be. Which fields are there depends on the frame that asked. */
export const AckFrameSchema = down('ack', {
  ref: Type.String(),
  message: Type.Optional(MessageSchema),
  again: Type.Optional(Type.Boolean()),
  readSeq: Type.Optional(CountSchema),
  unread: Type.Optional(CountSchema),
});
export type AckFrame = Static<typeof AckFrameSchema>;

/** It was not done. `code` is of the catalogue; `retryAfterMs` where it may be tried again. */
export const ErrorFrameSchema = down('error', {
  ref: Type.Optional(Type.String()),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  retryAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type ErrorFrame = Static<typeof ErrorFrameSchema>;

/** Something happened in a room. A `rev` that is not the cursor + 1 is a gap: ask for what is missing. */
export const EventFrameSchema = down('event', {
  room: RoomIdSchema,
  rev: RevSchema,
  epoch: EpochSchema,
  event: RoomEventSchema,
});
export type EventFrame = Static<typeof EventFrameSchema>;

/** Something happened to this user. A hole in `rev` means: read everything again (come back with hello). */
export const PersonalFrameSchema = down('personal', { rev: RevSchema, event: PersonalEventSchema });
export type PersonalFrame = Static<typeof PersonalFrameSchema>;

/** The room's events cannot be replayed from the cursor: load it anew; the cursor is now `rev`. */
export const ResyncFrameSchema = down('resync', { room: RoomIdSchema, rev: RevSchema, epoch: EpochSchema });
export type ResyncFrame = Static<typeof ResyncFrameSchema>;

/** Told and not kept. */
export const SignalFrameSchema = down('signal', { signal: SignalSchema });
export type SignalFrame = Static<typeof SignalFrameSchema>;
