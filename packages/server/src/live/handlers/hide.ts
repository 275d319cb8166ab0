import type { AckFrame, HideFrame } from '@rill/protocol';
import type { Messages } from '../../domain/messages.ts';
import type { Who } from '../../domain/who.ts';

export async function hide(messages: Messages, who: Who, frame: HideFrame): Promise<Partial<AckFrame>> {
  return { message: await messages.hide(who, frame.room, frame.seq) };
}
