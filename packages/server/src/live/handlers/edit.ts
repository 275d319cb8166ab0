import type { AckFrame, EditFrame } from '@rill/protocol';
import type { Messages } from '../../domain/messages.ts';
import type { Who } from '../../domain/who.ts';

export async function edit(messages: Messages, who: Who, frame: EditFrame): Promise<Partial<AckFrame>> {
  const { room, seq, text, rev } = frame;
  return { message: await messages.edit(who, room, seq, rev === undefined ? { text } : { text, rev }) };
}
