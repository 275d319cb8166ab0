import { type Static, Type } from 'typebox';
import { EpochSchema, NonceSchema } from '../ids.ts';
import { EditSchema, MessageSchema } from '../message.ts';
import { RoomEventSchema } from '../event.ts';
import { CLOSED, CountSchema, RevSchema, SeqSchema, TimeSchema } from '../time.ts';

/** One of before, after and around at most; none: the newest. */
export const PageQuerySchema = Type.Object(
  {
    before: Type.Optional(SeqSchema),
    after: Type.Optional(CountSchema),
    around: Type.Optional(SeqSchema),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '50 when it is not given.' })),
  },
  CLOSED,
);
export type PageQuery = Static<typeof PageQuerySchema>;

/** A stretch of history, ascending by seq, every seq of it; `seq` and `rev` are the room's heads. */
export const PageSchema = Type.Object(
  { messages: Type.Array(MessageSchema), seq: CountSchema, rev: RevSchema, epoch: EpochSchema },
  CLOSED,
);
export type Page = Static<typeof PageSchema>;

export const EventsQuerySchema = Type.Object(
  {
    after: RevSchema,
    epoch: Type.Optional(EpochSchema),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 256 })),
  },
  CLOSED,
);
export type EventsQuery = Static<typeof EventsQuerySchema>;

/** Events after a rev, without holes; `rev` is the head. A position that cannot be served: 410 `cursor_too_old`. */
export const EventsSchema = Type.Object(
  {
    events: Type.Array(Type.Object({ rev: RevSchema, event: RoomEventSchema }, CLOSED)),
    rev: RevSchema,
    epoch: EpochSchema,
  },
  CLOSED,
);
export type Events = Static<typeof EventsSchema>;

export const SendBodySchema = Type.Object({ nonce: NonceSchema, text: Type.String() }, CLOSED);
export type SendBody = Static<typeof SendBodySchema>;
export const EditBodySchema = Type.Object({ text: Type.String(), rev: Type.Optional(RevSchema) }, CLOSED);
export type EditBody = Static<typeof EditBodySchema>;
export const RemoveBodySchema = Type.Object({ reason: Type.Optional(Type.String({ maxLength: 1_024 })) }, CLOSED);
export type RemoveBody = Static<typeof RemoveBodySchema>;

/** All versions of a message, the original first. */
export const EditsSchema = Type.Object({ edits: Type.Array(EditSchema) }, CLOSED);
export type Edits = Static<typeof EditsSchema>;

/** One line of an import: who wrote it there, when, and what. */
export const ImportLineSchema = Type.Object(
  {
    nonce: NonceSchema,
    name: Type.String({ minLength: 1, maxLength: 128 }),
    at: TimeSchema,
    text: Type.String(),
  },
  CLOSED,
);
export type ImportLine = Static<typeof ImportLineSchema>;
export const ImportBodySchema = Type.Object(
  { messages: Type.Array(ImportLineSchema, { minItems: 1, maxItems: 500 }) },
  CLOSED,
);
export type ImportBody = Static<typeof ImportBodySchema>;
/** How many were stored now, and how many had been stored by an earlier try. */
export const ImportedCountSchema = Type.Object({ stored: CountSchema, again: CountSchema, seq: CountSchema }, CLOSED);
export type ImportedCount = Static<typeof ImportedCountSchema>;
