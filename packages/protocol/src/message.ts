import { type Static, Type } from 'typebox';
import { RoomIdSchema, UserIdSchema } from './ids.ts';
import { RoleSchema } from './member.ts';
import { CLOSED, RevSchema, SeqSchema, TimeSchema } from './time.ts';

const place = { room: RoomIdSchema, seq: SeqSchema, rev: RevSchema };
const origin = { author: UserIdSchema, at: TimeSchema };

/** Where an imported message came from: the writer's name there, who brought it here, and when. */
export const ImportedSchema = Type.Object({ name: Type.String(), by: UserIdSchema, at: TimeSchema }, CLOSED);
export type Imported = Static<typeof ImportedSchema>;

/** What somebody wrote. `recallUntil` stands only in the author's own copy, while a recall is possible. */
export const TextMessageSchema = Type.Object(
  {
    ...place,
    kind: Type.Literal('text'),
    ...origin,
    text: Type.String(),
    editedAt: Type.Optional(TimeSchema),
    edits: Type.Optional(Type.Integer({ minimum: 1, description: 'How often it was edited.' })),
    recallUntil: Type.Optional(TimeSchema),
    imported: Type.Optional(ImportedSchema),
  },
  CLOSED,
);
export type TextMessage = Static<typeof TextMessageSchema>;

/** What happened to the room, for the client to word in its reader's language. The actor is the `author`. */
export const SystemNoteSchema = Type.Union([
  Type.Object({ code: Type.Literal('room.created') }, CLOSED),
  Type.Object({ code: Type.Literal('room.renamed'), name: Type.String() }, CLOSED),
  Type.Object({ code: Type.Literal('room.topic'), topic: Type.String() }, CLOSED),
  Type.Object({ code: Type.Literal('room.archived') }, CLOSED),
  Type.Object({ code: Type.Literal('room.restored') }, CLOSED),
  Type.Object({ code: Type.Literal('room.recall'), seconds: Type.Integer() }, CLOSED),
  Type.Object({ code: Type.Literal('member.joined') }, CLOSED),
  Type.Object({ code: Type.Literal('member.added'), user: UserIdSchema }, CLOSED),
  Type.Object({ code: Type.Literal('member.left') }, CLOSED),
  Type.Object({ code: Type.Literal('member.removed'), user: UserIdSchema }, CLOSED),
  Type.Object({ code: Type.Literal('member.role'), user: UserIdSchema, role: RoleSchema }, CLOSED),
]);
export type SystemNote = Static<typeof SystemNoteSchema>;

export const SystemMessageSchema = Type.Object(
  { ...place, kind: Type.Literal('system'), ...origin, note: SystemNoteSchema },
  CLOSED,
);
export type SystemMessage = Static<typeof SystemMessageSchema>;

/** What stays of a message that its author recalled. */
export const RecalledMessageSchema = Type.Object(
  {
    ...place,
    kind: Type.Literal('text'),
    ...origin,
    recalled: Type.Object({ by: UserIdSchema, at: TimeSchema }, CLOSED),
    imported: Type.Optional(ImportedSchema),
  },
  CLOSED,
);
export type RecalledMessage = Static<typeof RecalledMessageSchema>;

/** What stays of a message that an owner or admin of the room took away. */
export const RemovedMessageSchema = Type.Object(
  {
    ...place,
    kind: Type.Literal('text'),
    ...origin,
    removed: Type.Object({ by: UserIdSchema, at: TimeSchema, reason: Type.String() }, CLOSED),
    imported: Type.Optional(ImportedSchema),
  },
  CLOSED,
);
export type RemovedMessage = Static<typeof RemovedMessageSchema>;

/** A message that the asking user has hidden: nothing of it but its number. */
export const HiddenMessageSchema = Type.Object({ ...place, kind: Type.Literal('hidden') }, CLOSED);
export type HiddenMessage = Static<typeof HiddenMessageSchema>;

/** A number whose message is no longer kept. */
export const GoneMessageSchema = Type.Object({ ...place, kind: Type.Literal('gone') }, CLOSED);
export type GoneMessage = Static<typeof GoneMessageSchema>;

/** A message as one user sees it. Every seq of a page is one of these, so that an empty page means the end. */
export const MessageSchema = Type.Union(
  [
    TextMessageSchema,
    SystemMessageSchema,
    RecalledMessageSchema,
    RemovedMessageSchema,
    HiddenMessageSchema,
    GoneMessageSchema,
  ],
  { $id: 'Message' },
);
export type Message = Static<typeof MessageSchema>;

/** One version of an edited message; the first is the original. */
export const EditSchema = Type.Object({ text: Type.String(), at: TimeSchema }, { ...CLOSED, $id: 'Edit' });
export type Edit = Static<typeof EditSchema>;
