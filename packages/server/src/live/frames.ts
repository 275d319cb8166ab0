import { type ErrorCode, UP_FRAMES, type UpFrame, type UpFrameType } from '@rill/protocol';
import { Compile } from 'typebox/compile';
import { Refusal } from '../domain/refusal.ts';
import { parseStrict } from '../json.ts';

/** Something that came over the socket: a frame, or what is wrong with it and whom to tell. */
export type Incoming =
  | { readonly is: 'frame'; readonly frame: UpFrame }
  | { readonly is: 'bad'; readonly ref: string | undefined; readonly code: ErrorCode; readonly detail?: string };

const REF = /^[!-~]{1,64}$/;

const CHECKS: { readonly [Type in UpFrameType]: { Check(value: unknown): boolean } } = {
  hello: Compile(UP_FRAMES.hello),
  send: Compile(UP_FRAMES.send),
  edit: Compile(UP_FRAMES.edit),
  recall: Compile(UP_FRAMES.recall),
  hide: Compile(UP_FRAMES.hide),
  remove: Compile(UP_FRAMES.remove),
  read: Compile(UP_FRAMES.read),
  typing: Compile(UP_FRAMES.typing),
  follow: Compile(UP_FRAMES.follow),
  ping: Compile(UP_FRAMES.ping),
};

/** Reads one frame: strict JSON of a known type with exactly its fields. Never throws. */
export function parseFrame(bytes: Uint8Array, jsonDepth: number): Incoming {
  let value: unknown;
  try {
    value = parseStrict(bytes, jsonDepth);
  } catch (error) {
    const code = error instanceof Refusal ? error.code : 'malformed_json';
    return { is: 'bad', ref: undefined, code };
  }
  return checkFrame(value);
}

/** The same for what strict JSON was read from already. */
export function checkFrame(value: unknown): Incoming {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { is: 'bad', ref: undefined, code: 'bad_request', detail: 'A frame is a JSON object.' };
  }
  const ref = 'ref' in value && typeof value.ref === 'string' && REF.test(value.ref) ? value.ref : undefined;
  const type = 'type' in value ? value.type : undefined;
  if (typeof type !== 'string' || !isUpFrameType(type)) {
    return { is: 'bad', ref, code: 'bad_request', detail: 'No frame has this type.' };
  }
  if (!CHECKS[type].Check(value)) {
    return { is: 'bad', ref, code: 'bad_request', detail: `A ${type} frame does not have these fields.` };
  }
  // Checked by the schema of its type in the line above.
  return { is: 'frame', frame: value as UpFrame };
}

function isUpFrameType(type: string): type is UpFrameType {
  return Object.hasOwn(CHECKS, type);
}
