import type { AckFrame, SendFrame } from '@rill/protocol';
import type { Messages } from '../../domain/messages.ts';
import type { Who } from '../../domain/who.ts';

/** Says something; acknowledged once it is stored as durably as this server promises. */
export async function send(messages: Messages, who: Who, frame: SendFrame): Promise<Partial<AckFrame>> {
  const { message, again } = await messages.send(who, frame.room, { nonce: frame.nonce, text: frame.text });
  return again ? { message, again } : { message };
}
