import type { User, UserId } from '@rill/protocol';

/** Users as everybody may know them. */
export interface Users {
  /** Those of the ids that exist, each once. */
  cards(ids: readonly UserId[]): Promise<Map<UserId, User>>;
  /** Whose name it is; the name folded by `foldName`. */
  byName(folded: string): Promise<UserId | undefined>;
}
