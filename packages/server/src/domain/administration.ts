import type {
  Audit,
  AuditQuery,
  Invite,
  InviteBody,
  InviteId,
  NewInvite,
  ResetLink,
  ServerInfo,
  Settings,
  SettingsChange,
  User,
  UserChange,
  UserId,
} from '@rill/protocol';
import type { Who } from './who.ts';

/** What the owner and the admins of the server do. Everybody else is refused with `forbidden`. */
export interface Administration {
  /** `origin` is where the link shall lead, as the asker reaches the server. */
  makeInvite(who: Who, body: InviteBody, origin: string): Promise<NewInvite>;
  invites(who: Who): Promise<Invite[]>;
  revokeInvite(who: Who, invite: InviteId): Promise<void>;
  /** Disabling ends all sessions of the user at once. */
  changeUser(who: Who, user: UserId, change: UserChange): Promise<User>;
  resetLink(who: Who, user: UserId, origin: string): Promise<ResetLink>;
  settings(who: Who): Promise<Settings>;
  changeSettings(who: Who, change: SettingsChange): Promise<Settings>;
  /** Newest first. */
  audit(who: Who, query: AuditQuery): Promise<Audit>;
  /** What anybody may know. */
  serverInfo(): Promise<ServerInfo>;
  /** The one-time code of the first account; undefined once there is an owner. For the start's own output only. */
  ownerCode(): Promise<string | undefined>;
}
