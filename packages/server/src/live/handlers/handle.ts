import type { AckFrame, UpFrame } from '@rill/protocol';
import type { Messages } from '../../domain/messages.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Connection } from '../connection.ts';
import type { Limiter } from '../limiter.ts';
import { parcelOf } from '../parcel.ts';
import type { Signals } from '../signals.ts';
import type { Signed } from '../signed.ts';
import { edit } from './edit.ts';
import { follow } from './follow.ts';
import { type HelloParts, hello } from './hello.ts';
import { hide } from './hide.ts';
import { ping } from './ping.ts';
import { read } from './read.ts';
import { recall } from './recall.ts';
import { remove } from './remove.ts';
import { send } from './send.ts';
import { typing } from './typing.ts';

export interface HandleParts extends HelloParts {
  readonly messages: Messages;
  readonly signals: Signals;
  /** So many hellos are answered at once: after a restart everybody comes back in the same second. */
  readonly hellos: Limiter;
  readonly onFault: (error: unknown) => void;
}

const BUSY_WAIT_MS = 1_000;
const BUSY_SPREAD_MS = 4_000;

/** Does what a frame asks and answers it, with an ack or with an error of the catalogue. */
export function createHandle(parts: HandleParts): (connection: Connection, frame: UpFrame) => Promise<void> {
  return async (connection, frame) => {
    if (frame.type === 'hello') {
      await parts.hellos
        .run(() => hello(parts, connection, frame))
        .catch((error: unknown) => {
          turnAway(connection, frame.ref, refusalOf(parts, error));
        });
      return;
    }
    const { state } = connection;
    if (state.is !== 'live') return;
    try {
      const ack = await act(parts, state.signed, frame);
      connection.reply(parcelOf({ type: 'ack', ref: frame.ref, ...ack }));
    } catch (error) {
      const { code, more } = refusalOf(parts, error);
      connection.refuse(frame.ref, code, more);
    }
  };
}

function act(
  parts: HandleParts,
  signed: Signed,
  frame: Exclude<UpFrame, { type: 'hello' }>,
): Partial<AckFrame> | Promise<Partial<AckFrame>> {
  const { messages, rooms, signals } = parts;
  switch (frame.type) {
    case 'send':
      return send(messages, signed.who, frame);
    case 'edit':
      return edit(messages, signed.who, frame);
    case 'recall':
      return recall(messages, signed.who, frame);
    case 'hide':
      return hide(messages, signed.who, frame);
    case 'remove':
      return remove(messages, signed.who, frame);
    case 'read':
      return read(rooms, signed.who, frame);
    case 'typing':
      return typing(signals, signed, frame);
    case 'follow':
      return follow(signals, signed, frame);
    case 'ping':
      return ping();
  }
}

/** A hello that failed ends the socket, with the time to wait before the next. */
function turnAway(connection: Connection, ref: string, { code, more }: Refusal): void {
  connection.refuse(ref, code, more);
  if (code === 'internal') connection.close('broken');
  else if (code === 'unauthenticated' || code === 'forbidden') connection.close('signed_out');
  else connection.close('overloaded', (more.retryAfterMs ?? BUSY_WAIT_MS) + Math.random() * BUSY_SPREAD_MS);
}

function refusalOf(parts: HandleParts, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  parts.onFault(error);
  return new Refusal('internal', {}, error);
}
