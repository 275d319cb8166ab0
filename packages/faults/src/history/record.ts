/** What a person of the run can ask for. */
export type Act =
  | 'send'
  | 'edit'
  | 'recall'
  | 'hide'
  | 'remove'
  | 'join'
  | 'add'
  | 'end'
  | 'role'
  | 'read'
  | 'sign-out'
  | 'look';

/**
 * How a request ended. ok: answered with success. fail: answered 4xx, so it never happened.
 * info: 5xx, time-out or a lost line, so it may have happened or not (Jepsen's three outcomes).
 */
export type Outcome = 'ok' | 'fail' | 'info';

/** A request from its first byte to its answer. Times are milliseconds of one monotonic clock. */
export interface Operation {
  readonly is: 'operation';
  readonly start: number;
  readonly end: number;
  readonly proc: string;
  readonly user: string;
  readonly act: Act;
  readonly outcome: Outcome;
  readonly code?: string;
  readonly room: string;
  /** The nonce of a send: the same for every try of it. */
  readonly key?: string;
  /** A string that stands in this body and nowhere else. */
  readonly canary?: string;
  /** Whom it concerns, of join, add, end, role. */
  readonly target?: string;
  readonly epoch?: string;
  readonly seq?: number;
  readonly rev?: number;
}

/** By which path something was seen. */
export type Path = 'live' | 'events' | 'page' | 'one' | 'edits' | 'rooms' | 'ack';

/** Something of a room that reached an observer. */
export interface Sighting {
  readonly is: 'sighting';
  /** When the request that brought it began; on a live connection, when it arrived. */
  readonly start: number;
  readonly at: number;
  /** One connection or one reader: what must be in order within itself. */
  readonly proc: string;
  readonly user: string;
  readonly node: string;
  readonly path: Path;
  readonly room: string;
  readonly epoch: string;
  /** Of an event: its number and kind. */
  readonly rev?: number;
  readonly event?: string;
  readonly subject?: string;
  readonly seq?: number;
  /** The message's own rev: newer never gives way to older. */
  readonly version?: number;
  readonly author?: string;
  readonly state?: 'text' | 'system' | 'recalled' | 'removed' | 'hidden' | 'gone' | 'unseen';
  /** The canaries in its bytes. */
  readonly canaries: readonly string[];
}

/** A point in the life of a connection. */
export interface Turn {
  readonly is: 'turn';
  readonly at: number;
  readonly proc: string;
  readonly user: string;
  readonly what: 'attached' | 'resync' | 'left' | 'closed';
  readonly room: string;
  readonly epoch: string;
  readonly rev: number;
}

/** One complete page of a room, read: what was in it and how far it went. */
export interface Reading {
  readonly is: 'reading';
  readonly start: number;
  readonly at: number;
  readonly proc: string;
  readonly user: string;
  readonly node: string;
  readonly room: string;
  readonly epoch: string;
  readonly rev: number;
  /** Head of the log as the page told it. */
  readonly seq: number;
  /** Whether this is the reading after everything has healed and come to rest. */
  readonly final: boolean;
  /** How many owners the room had, where that was read too. */
  readonly owners?: number;
  /** The badge, and how many unread messages the pages show, where both were read. */
  readonly unread?: number;
  readonly unreadListed?: number;
}

export type Entry = Operation | Sighting | Turn | Reading;

/** What a check has found: which rule, and the sentence a person needs to look it up. */
export interface Violation {
  readonly rule: string;
  readonly says: string;
}
