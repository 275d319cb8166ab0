import { Type } from 'typebox';
import { CLOSED } from '../time.ts';

/** Joins a reply to its request: chosen by the client, given back untouched. */
export const RefSchema = Type.String({ minLength: 1, maxLength: 64, pattern: '^[!-~]+$' });

/** A frame from client to server. */
export const up = <Name extends string, Fields extends Record<string, Type.TSchema>>(name: Name, fields: Fields) =>
  Type.Object({ type: Type.Literal(name), ref: RefSchema, ...fields }, CLOSED);

/** A frame from server to client. */
export const down = <Name extends string, Fields extends Record<string, Type.TSchema>>(name: Name, fields: Fields) =>
  Type.Object({ type: Type.Literal(name), ...fields }, CLOSED);
