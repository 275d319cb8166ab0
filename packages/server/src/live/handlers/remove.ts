import type { AckFrame, RemoveFrame } from '@rill/protocol';
import type { Messages } from '../../domain/messages.ts';
import type { Who } from '../../domain/who.ts';

export async function remove(messages: Messages, who: Who, frame: RemoveFrame): Promise<Partial<AckFrame>> {
  const { room, seq, reason } = frame;
  return { message: await messages.remove(who, room, seq, reason === undefined ? {} : { reason }) };
}
