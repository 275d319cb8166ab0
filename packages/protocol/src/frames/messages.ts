import { type Static, Type } from 'typebox';
import { NonceSchema, RoomIdSchema } from '../ids.ts';
import { RevSchema, SeqSchema } from '../time.ts';
import { up } from './base.ts';

const message = { room: RoomIdSchema, seq: SeqSchema };

/** Says something. Ack: `message`, and `again` when this nonce had been stored before. */
export const SendFrameSchema = up('send', { room: RoomIdSchema, nonce: NonceSchema, text: Type.String() });
export type SendFrame = Static<typeof SendFrameSchema>;

/** Changes one's own message. With `rev`, only if it has not changed since (409 `moved_on`). Ack: `message`. */
export const EditFrameSchema = up('edit', { ...message, text: Type.String(), rev: Type.Optional(RevSchema) });
export type EditFrame = Static<typeof EditFrameSchema>;

/** 撤回: takes one's own message back for everybody. Ack: `message`, the tombstone. */
export const RecallFrameSchema = up('recall', message);
export type RecallFrame = Static<typeof RecallFrameSchema>;

/** Deletes a message for oneself alone, on all one's devices. Ack: `message`. */
export const HideFrameSchema = up('hide', message);
export type HideFrame = Static<typeof HideFrameSchema>;

/** A room's owner or admin takes a message away for everybody. Ack: `message`, the tombstone. */
export const RemoveFrameSchema = up('remove', { ...message, reason: Type.Optional(Type.String()) });
export type RemoveFrame = Static<typeof RemoveFrameSchema>;

/** Has read up to `seq`. Ack: `readSeq` and `unread`. */
export const ReadFrameSchema = up('read', message);
export type ReadFrame = Static<typeof ReadFrameSchema>;
