import type {
  Audit,
  Invite,
  InviteId,
  NewInvite,
  ResetLink,
  Settings,
  SettingsChange,
  User,
  UserChange,
  UserId,
  Users,
  UsersQuery,
} from '@rill/protocol';

/** What the server's owner and admins do. REST calls: they fail with RillError. */
export interface Administration {
  readonly invites: {
    make(uses?: number): Promise<NewInvite>;
    list(): Promise<readonly Invite[]>;
    revoke(id: InviteId): Promise<void>;
  };
  readonly users: {
    /** Everybody, in the order of their names. */
    page(query?: Omit<UsersQuery, 'ids'>): Promise<Users>;
    change(user: UserId, change: UserChange): Promise<User>;
    /** A link that sets a new password once. */
    resetLink(user: UserId): Promise<ResetLink>;
  };
  readonly settings: {
    read(): Promise<Settings>;
    change(change: SettingsChange): Promise<Settings>;
  };
  /** Newest first; `before` is the `next` of the answer before. */
  audit(before?: string): Promise<Audit>;
}
