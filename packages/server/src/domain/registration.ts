import type { RegisterBody, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { Names } from '../store/names.ts';
import type { UserRecord, Users } from '../store/users.ts';
import type { Hashing } from './hashing.ts';
import type { People } from './people.ts';
import type { Places, Place } from './places.ts';
import { Refusal } from './refusal.ts';
import { newUserId } from './secrets.ts';
import type { Username } from './username.ts';

/** What somebody wants to be, read and found good. */
export interface Wish {
  readonly name: Username;
  readonly displayName: string;
  readonly password: string;
  readonly locale: RegisterBody['locale'];
}

/** Makes accounts. Their keys lie in several slots, so it is done in steps, and each knows how to be taken back. */
export interface Registration {
  /** Refuses with `name_taken`. */
  free(name: Username): Promise<void>;
  make(wish: Wish, place: Place): Promise<{ id: UserId; checked: string }>;
  /** Does what follows from the making of a user and can be done later. */
  settle(record: UserRecord): Promise<void>;
}

export interface RegistrationParts {
  readonly users: Users;
  readonly names: Names;
  readonly places: Places;
  readonly people: People;
  readonly hashing: Hashing;
  readonly clock: Clock;
}

/** For how long a name is held for a user who is being made. */
const HELD_MS = 60_000;
/** A user of whom no first session was opened is gone after this; signing in within it keeps the user. */
const UNCONFIRMED_MS = 600_000;

export function createRegistration(parts: RegistrationParts): Registration {
  const { users, names, places, people, hashing, clock } = parts;

  async function reserve(folded: string, id: UserId): Promise<void> {
    let taken = await names.reserve(folded, id, HELD_MS);
    if (taken?.kept && (await users.one(taken.user)) === undefined) {
      // Its user was never kept: the server stopped in the middle.
      await names.release(folded, taken.user);
      taken = await names.reserve(folded, id, HELD_MS);
    }
    if (taken !== undefined) throw new Refusal('name_taken');
  }

  return {
    async free({ folded }) {
      const taken = await names.read(folded);
      if (taken !== undefined && (!taken.kept || (await users.one(taken.user)) !== undefined)) {
        throw new Refusal('name_taken');
      }
    },

    async make({ name, displayName, password, locale }, place) {
      const checked = await hashing.hash(password);
      const id = newUserId();
      const role = place.kind === 'owner' ? 'owner' : 'member';
      const at = clock.now();
      const takenBack: (() => Promise<void>)[] = [];
      let begun = false;
      try {
        takenBack.push(() => names.release(name.folded, id));
        await reserve(name.folded, id);
        takenBack.push(() => places.settle(place, id, false));
        await places.take(place, id);
        const fields = {
          id,
          kind: 'person',
          username: name.shown,
          displayName,
          role,
          locale,
          password: checked,
          at,
        } as const;
        if ((await users.create(fields, UNCONFIRMED_MS)) !== 'ok') throw new Refusal('unavailable');
        begun = true;
        // From here on the user exists.
        if (!(await names.confirm(name.folded, id))) throw new Refusal('unavailable', { retryAfterMs: 1_000 });
      } catch (error) {
        const unknown = begun && error instanceof Refusal && error.code === 'outcome_unknown';
        // What cannot be taken back now ends by itself.
        if (!unknown) await Promise.allSettled(takenBack.map((each) => each()));
        throw error;
      }
      return { id, checked };
    },

    async settle(record) {
      await places.settleUser(record.card.id, record.card.role === 'owner');
      await people.list(record);
      await users.settle(record.card.id);
    },
  };
}
