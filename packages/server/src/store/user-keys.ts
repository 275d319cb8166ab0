import { USER_ID_PATTERN, type UserId } from '@rill/protocol';

const USER_ID = new RegExp(USER_ID_PATTERN);
// What a folded name is made of; nothing in it can close a hash tag or begin another key.
const FOLDED = /^[\p{L}\p{M}\p{Nd}._-]{1,128}$/u;

/** A user's own keys: one slot, so one function changes them all at once. Its first key is also the user's channel. */
export function userKey(user: UserId): string {
  if (!USER_ID.test(user)) throw new RangeError('not the id of a user');
  return `{u:${user}}`;
}

export const userRoomsKey = (user: UserId): string => `${userKey(user)}:rooms`;
/** How far ahead of the regular pace the user is with sending, over all nodes. */
export const userSendsKey = (user: UserId): string => `${userKey(user)}:sends`;
/** How many sockets each node has of the user. */
export const userSocketsKey = (user: UserId): string => `${userKey(user)}:sockets`;
/** Hash of a session's secret → session; one hash, so that ending all of them is one command. */
export const userSessionsKey = (user: UserId): string => `${userKey(user)}:sessions`;
export const userResetKey = (user: UserId): string => `${userKey(user)}:reset`;

export function nameKey(folded: string): string {
  if (!FOLDED.test(folded)) throw new RangeError('not a folded name');
  return `name:${folded}`;
}

/** What concerns the whole server is one slot too; the first is also a channel that every node listens to. */
export const SERVER = {
  state: '{server}',
  invites: '{server}:invites',
  invitesPending: '{server}:invites:pending',
  audit: '{server}:audit',
  directory: '{server}:directory',
  directoryRows: '{server}:directory:rows',
} as const;
