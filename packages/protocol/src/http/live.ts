import { type Static, Type } from 'typebox';
import { UpFrameSchema } from '../frames/up.ts';
import { FRAMES_PER_REQUEST } from '../limits.ts';
import { CLOSED } from '../time.ts';

/** Names an open event stream to whom it was opened; nobody else can guess it. */
export const StreamIdSchema = Type.String({ pattern: '^[0-9a-z]{16}\\.[\\w-]{22}$' });

/** The first event of a stream, `open`: what the frames up name it by. */
export const StreamOpenSchema = Type.Object({ stream: StreamIdSchema }, CLOSED);
export type StreamOpen = Static<typeof StreamOpenSchema>;

/** The last event of a stream, `close`: a code of the catalogue of closings and the reason as a socket has it. */
export const StreamCloseSchema = Type.Object(
  { code: Type.Integer({ minimum: 1_000, maximum: 4_999 }), reason: Type.String() },
  CLOSED,
);
export type StreamClose = Static<typeof StreamCloseSchema>;

/** Frames up for an open stream, done in their order. Their answers come on the stream. */
export const FramesBodySchema = Type.Object(
  { stream: StreamIdSchema, frames: Type.Array(UpFrameSchema, { minItems: 1, maxItems: FRAMES_PER_REQUEST }) },
  CLOSED,
);
export type FramesBody = Static<typeof FramesBodySchema>;
