import { Type } from 'typebox';

declare const brand: unique symbol;
/** A string that was checked to be one kind of id, so that a room's id cannot be passed for a user's. */
type Id<Name extends string> = string & { readonly [brand]: Name };

/** `<partition in two hex digits><16 of [0-9a-z]>`; the partition is the room's hash tag in Redis. */
export type RoomId = Id<'room'>;
/** Ten of `[0-9a-z]`. */
export type UserId = Id<'user'>;
/** Names a sign-in in lists and revocations; it is no secret. */
export type SessionId = Id<'session'>;
/** Names an invite in lists and revocations; the code people type is another thing and is a secret. */
export type InviteId = Id<'invite'>;
/** Eight of `[0-9a-z]`: which life of a log the numbers belong to. */
export type Epoch = Id<'epoch'>;
/** Chosen by who asks, 1 to 64 printable ASCII characters: one message per (room, sender, nonce), one room per (maker, nonce). */
export type Nonce = Id<'nonce'>;

export const ROOM_ID_PATTERN = '^[0-9a-f]{2}[0-9a-z]{16}$';
export const USER_ID_PATTERN = '^[0-9a-z]{10}$';
export const SESSION_ID_PATTERN = '^[0-9a-z]{12}$';
export const EPOCH_PATTERN = '^[0-9a-z]{8}$';
export const NONCE_PATTERN = '^[!-~]{1,64}$';

export const RoomIdSchema = Type.Unsafe<RoomId>(Type.String({ pattern: ROOM_ID_PATTERN, description: 'A room.' }));
export const UserIdSchema = Type.Unsafe<UserId>(Type.String({ pattern: USER_ID_PATTERN, description: 'A user.' }));
export const SessionIdSchema = Type.Unsafe<SessionId>(Type.String({ pattern: SESSION_ID_PATTERN }));
export const InviteIdSchema = Type.Unsafe<InviteId>(Type.String({ pattern: SESSION_ID_PATTERN }));
export const EpochSchema = Type.Unsafe<Epoch>(
  Type.String({ pattern: EPOCH_PATTERN, description: 'Which life of the log the numbers belong to.' }),
);
export const NonceSchema = Type.Unsafe<Nonce>(
  Type.String({
    pattern: NONCE_PATTERN,
    description: 'Chosen by who asks; asking again with the same nonce never makes a second message or room.',
  }),
);

/** The author of imported messages whose writer has no account here; no user is ever given this id. */
export const IMPORTED_AUTHOR = '00imported' as UserId;
