import type { AckFrame, RecallFrame } from '@rill/protocol';
import type { Messages } from '../../domain/messages.ts';
import type { Who } from '../../domain/who.ts';

export async function recall(messages: Messages, who: Who, frame: RecallFrame): Promise<Partial<AckFrame>> {
  return { message: await messages.recall(who, frame.room, frame.seq) };
}
