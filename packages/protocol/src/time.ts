import { Type } from 'typebox';

/** RFC 3339, in UTC, with milliseconds: `2026-11-22T08:00:00.000Z`. */
export const TimeSchema = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
  description: 'RFC 3339, UTC, milliseconds.',
});

const MAX_SAFE = Number.MAX_SAFE_INTEGER;
/** Number of a message in its room, from 1. */
export const SeqSchema = Type.Integer({ minimum: 1, maximum: MAX_SAFE });
/** Number of an event in its room or of a user's own line; 0 is before the first. */
export const RevSchema = Type.Integer({ minimum: 0, maximum: MAX_SAFE });
export const CountSchema = Type.Integer({ minimum: 0, maximum: MAX_SAFE });

/** What every object on the wire has in common: a field nobody knows is refused. */
export const CLOSED = { additionalProperties: false } as const;
