import type {
  Edit,
  Involvement,
  ListedMember,
  Members,
  MembersQuery,
  Nonce,
  Role,
  Room,
  RoomChange,
  RoomId,
  UserId,
} from '@rill/protocol';
import type { Living } from './living.ts';
import type { LiveTimeline } from './timeline.ts';

/** unknown: not heard from the server yet · absent: there is no such room for this user (any more). */
export type RoomState =
  | { readonly name: 'unknown' }
  | { readonly name: 'absent' }
  | { readonly name: 'present'; readonly room: Room; readonly typing: readonly UserId[] };

/** Who is in a room. REST calls: they fail with RillError. `me` is a user. */
export interface RoomMembers {
  page(query?: MembersQuery): Promise<Members>;
  add(user: UserId | 'me'): Promise<ListedMember>;
  setRole(user: UserId, role: Role): Promise<ListedMember>;
  remove(user: UserId | 'me'): Promise<void>;
}

/**
 * One room. What is asked of messages (send, edit, recall, hide, remove, markRead) goes into the outbox: it is shown
 * at once, survives a reload, waits while there is no line, and is done in order. The promises settle with the
 * server's answer, which may be days away; ignoring them is safe: what is refused is shown in the timeline and the outbox.
 */
export interface LiveRoom extends Living<RoomState> {
  readonly id: RoomId;
  readonly timeline: LiveTimeline;
  readonly members: RoomMembers;
  /** The room is on the screen: loads it, follows its signals. Returns what to call when it is no longer. */
  open(): () => void;
  /** Says something; its pending item is in the timeline when this returns. */
  send(text: string): Nonce;
  /** Tries a failed message again, with the same nonce. */
  retry(nonce: Nonce): void;
  /** Gives up a message that is not in the log yet; returns its text. */
  discard(nonce: Nonce): string | undefined;
  edit(seq: number, text: string): Promise<void>;
  /** 撤回. */
  recall(seq: number): Promise<void>;
  /** The text of a message recalled here in the last five minutes: for 重新编辑. It is in memory only. */
  reEdit(seq: number): string | undefined;
  /** Deletes for oneself. */
  hide(seq: number): Promise<void>;
  /** A moderator's removal. */
  remove(seq: number, reason?: string): Promise<void>;
  /** Forgets a refused act, by its id. */
  dismiss(act: string): void;
  /** Has read up to `seq` (default: the newest). Never goes back. */
  markRead(seq?: number): void;
  /** Is writing; call it at each key, it is sent at most every 3 s. */
  typing(): void;
  /** All versions of an edited message. */
  edits(seq: number): Promise<readonly Edit[]>;
  change(change: RoomChange): Promise<Room>;
  setInvolvement(involvement: Involvement): Promise<void>;
  /** Out of the list of rooms until something more is said in it. */
  putAside(): Promise<void>;
  leave(): Promise<void>;
}
