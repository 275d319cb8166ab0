import type { User, UserId, Users as UserList, UsersQuery } from '@rill/protocol';
import type { Directory } from '../store/directory.ts';
import type { UserRecord, Users } from '../store/users.ts';
import { Refusal } from './refusal.ts';
import { foldName } from './username.ts';
import type { Who } from './who.ts';
import { nameBegins, searchForm, wordsOf } from './words.ts';

/** What people may know of each other. Disabled users are found by owners and admins alone. */
export interface People {
  user(who: Who, id: UserId): Promise<User>;
  /** By ids, by part of a name, or everybody in order of their names. */
  find(who: Who, query: UsersQuery): Promise<UserList>;
  /** Those of the ids that exist, in the order given. */
  cards(ids: readonly UserId[]): Promise<User[]>;
  /** Makes a user found by the names the user has now. */
  list(record: UserRecord): Promise<void>;
}

export interface PeopleParts {
  readonly users: Users;
  readonly directory: Directory;
}

const FOUND = 20;
const LISTED = 50;
/** Entries looked at for a search: one user may have several, and some may not be for who asks. */
const LOOKED_AT = 200;

export function createPeople({ users, directory }: PeopleParts): People {
  async function cards(ids: readonly UserId[]): Promise<User[]> {
    const found = await users.cards(ids);
    return [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
  }
  const maySee = (who: Who) => (card: User) => card.status === 'active' || who.role !== 'member';

  async function search(who: Who, q: string, limit: number): Promise<UserList> {
    const form = searchForm(q);
    if (form === '') return { users: [] };
    const found = await cards(await directory.find(form, LOOKED_AT));
    // The directory may be a moment behind a change of name.
    return { users: found.filter((card) => maySee(who)(card) && nameBegins(card, form)).slice(0, limit) };
  }

  async function page(who: Who, after: string, limit: number): Promise<UserList> {
    const names = await directory.page(after, limit);
    const found = await cards(names.map(({ user }) => user));
    const last = names.length === limit ? names.at(-1) : undefined;
    return { users: found.filter(maySee(who)), ...(last === undefined ? {} : { next: last.name }) };
  }

  return {
    cards,
    async user(_who, id) {
      const [card] = await cards([id]);
      if (card === undefined) throw new Refusal('not_found');
      return card;
    },
    async find(who, { ids, q, after, limit }) {
      if ([ids, q, after].filter((each) => each !== undefined).length > 1) {
        throw new Refusal('bad_request', { detail: 'Ask by ids, by q, or for a page.' });
      }
      // The pattern of the query has seen to the form of each id.
      if (ids !== undefined) return { users: await cards(ids.split(',') as UserId[]) };
      if (q !== undefined) return search(who, q, limit ?? FOUND);
      return page(who, after ?? '', limit ?? LISTED);
    },
    list: ({ card, rev }) => directory.put(card.id, rev, foldName(card.username), wordsOf(card)),
  };
}
