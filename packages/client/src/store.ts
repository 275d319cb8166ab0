import type { Cursor, Me, Message, Nonce, Room, RoomId, User, UserId } from '@rill/protocol';

/** So many rooms open at once from what the device has. */
export const TAILS_MAX = 50;
export const USERS_MAX = 1_000;

/** The newest stretch of a room, without holes, and the position up to which it is true. */
export interface KeptTail {
  readonly room: RoomId;
  readonly cursor: Cursor;
  /** Ascending by seq. */
  readonly messages: readonly Message[];
  /** Some may have been hidden on another device: to be looked over before it is believed. */
  readonly doubted: boolean;
  /** ms since 1970 when the room was last open: who is furthest back is let go first. */
  readonly openedAt: number;
}

/** What an entry of the outbox asks for. */
export type Asked =
  | { readonly kind: 'send'; readonly nonce: Nonce; readonly text: string }
  | { readonly kind: 'edit'; readonly seq: number; readonly text: string; readonly rev?: number }
  | { readonly kind: 'recall' | 'hide' | 'read'; readonly seq: number }
  | { readonly kind: 'remove'; readonly seq: number; readonly reason?: string };

/** Why an entry failed, as it can be stored. */
export interface KeptFailure {
  readonly code: string;
  readonly status: number;
  readonly detail?: string;
}

/** Something asked and not confirmed. `order` rises with each entry a device makes. */
export interface KeptEntry {
  readonly id: string;
  /** Who asked: nobody else's sign-in may send it. */
  readonly user: UserId;
  readonly room: RoomId;
  readonly order: number;
  readonly at: number;
  readonly asked: Asked;
  /** At some moment since it was asked there was no line. */
  readonly offline?: true;
  readonly failure?: KeptFailure;
}

/** What is not as the device has it. */
export interface Changes {
  /** Whoever is signed in; its `rev` is how far the user's own line was heard when the rest was so. */
  readonly me: Me | undefined;
  readonly rooms: readonly Room[];
  readonly gone: readonly RoomId[];
  readonly tails: readonly KeptTail[];
  /** Rooms of which no messages may be kept. */
  readonly tailless: readonly RoomId[];
  readonly users: readonly User[];
}

/** Everything a device keeps, as read at start. */
export interface Kept {
  readonly me: Me | undefined;
  readonly rooms: readonly Room[];
  readonly tails: readonly KeptTail[];
  readonly users: readonly User[];
  readonly leaving: boolean;
  /** Until when WebSockets are not tried here, ms since 1970: this device's network let only requests through. */
  readonly avoidUntil: number | undefined;
}

/**
 * What a device keeps between two runs. Every write may fail (a full or forbidden disk): the client goes on without.
 * Bounded: the store keeps the 50 tails that were opened last and 1,000 users; the caller keeps tails short.
 */
export interface Store {
  load(): Promise<Kept>;
  /**
   * Takes over what changed, all or nothing: a tail must never be older than the `rev` beside it, or what was hidden
   * would be shown again. Where another page of the device has heard further, its `rev` stays, and these tails are kept
   * as doubted. Where the device has what is somebody else's, of that only their outbox stays.
   */
  save(changes: Changes): Promise<void>;
  /** Adds or replaces an entry of the outbox. Durable when it resolves. */
  putEntry(entry: KeptEntry): Promise<void>;
  dropEntry(id: string): Promise<void>;
  /** Entries nobody else is sending: of this run, and of runs that are over. Ascending by order. */
  entries(): Promise<readonly KeptEntry[]>;
  /** Whether somebody signed out here whom the server could not be told of: its cookie may still be good. */
  saveLeaving(leaving: boolean): Promise<void>;
  /** Until when WebSockets are not tried; undefined: they may be. */
  saveAvoidUntil(until: number | undefined): Promise<void>;
  /**
   * Forgets what is kept of a user, and nothing that another who has signed in since asked; with nobody named,
   * everything. `leaving` and `avoidUntil` stay.
   */
  clear(user?: UserId): Promise<void>;
  close(): Promise<void>;
}

export const NOTHING_KEPT: Kept = {
  me: undefined,
  rooms: [],
  tails: [],
  users: [],
  leaving: false,
  avoidUntil: undefined,
};

const nothing = async (): Promise<void> => {};

/** Keeps nothing: what one client alone would keep in memory nobody would read. */
export const NO_STORE: Store = {
  load: async () => NOTHING_KEPT,
  save: nothing,
  putEntry: nothing,
  dropEntry: nothing,
  entries: async () => [],
  saveLeaving: nothing,
  saveAvoidUntil: nothing,
  clear: nothing,
  close: nothing,
};

/**
 * What is kept of who is signed in and of the tails, given who was kept: see `save`; `isOther`: all that is there is
 * somebody else's and has to go. Every store does this alike.
 */
export function heardOf(
  kept: Me | undefined,
  { me, tails }: Changes,
): Pick<Changes, 'me' | 'tails'> & { readonly isOther: boolean } {
  const isOther = me !== undefined && kept !== undefined && kept.id !== me.id;
  if (me === undefined || kept === undefined || isOther || kept.rev <= me.rev)
    return { me: me ?? kept, tails, isOther };
  return { me: { ...me, rev: kept.rev }, tails: tails.map((tail) => ({ ...tail, doubted: true })), isOther };
}
