import type { AckFrame, TypingFrame } from '@rill/protocol';
import { Refusal } from '../../domain/refusal.ts';
import { isIn, type Seated } from '../seat.ts';
import type { Signals } from '../signals.ts';

/** Is writing in a room: only who is in it can say so. */
export async function typing(signals: Signals, connection: Seated, frame: TypingFrame): Promise<Partial<AckFrame>> {
  if (!isIn(connection, frame.room)) throw new Refusal('not_found');
  await signals.typing(connection, frame.room);
  return {};
}
