import { type Static, Type } from 'typebox';

/** RFC 9457. `code` is of the catalogue in errors.ts; `errors` names the fields that were wrong. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'A URI reference that names the problem.' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.Optional(Type.String()),
    errors: Type.Optional(Type.Array(Type.Object({ at: Type.String(), is: Type.String() }))),
  },
  { $id: 'Problem', additionalProperties: false },
);
export type Problem = Static<typeof ProblemSchema>;
