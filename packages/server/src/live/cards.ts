import type { User, UserId } from '@rill/protocol';
import type { ServerLine } from '../store/server-line.ts';
import type { UserLine } from '../store/user-line.ts';
import type { Hubs } from './hubs.ts';
import { parcelOf } from './parcel.ts';
import type { Seated } from './seat.ts';

/** However often somebody changes a name, it is told no more than so often. */
const GATHER_MS = 1_000;
const RETRY_MS = 1_000;

export interface CardsParts {
  readonly serverLine: Pick<ServerLine, 'subscribe'>;
  readonly line: Pick<UserLine, 'rooms'>;
  readonly hubs: Pick<Hubs, 'find'>;
  readonly mayWrite: () => boolean;
  readonly onFault: (error: unknown) => void;
}

/** Tells those who share a room with a user that the user's card is another. Returns what ends it. */
export function tellCards({ serverLine, line, hubs, mayWrite, onFault }: CardsParts): () => void {
  const changed = new Map<UserId, User>();
  let stopped = false;
  let unsubscribe: (() => Promise<void>) | undefined;

  /** A card is known to everybody who is signed in, so a room too many in the user's index tells nothing secret. */
  async function tell(user: User): Promise<void> {
    const here = new Set<Seated>();
    for (const room of await line.rooms(user.id)) {
      for (const connection of hubs.find(room)?.connections() ?? []) here.add(connection);
    }
    if (!mayWrite()) return;
    const parcel = parcelOf({ type: 'signal', signal: { kind: 'user.changed', user } });
    for (const connection of here) if (!connection.closed) connection.writer.signal(parcel);
  }

  function tellAll(): void {
    const users = [...changed.values()];
    changed.clear();
    for (const user of users) tell(user).catch(onFault);
  }

  function listen(): void {
    const listening = serverLine.subscribe(({ user }) => {
      if (changed.size === 0) setTimeout(tellAll, GATHER_MS).unref();
      changed.set(user.id, user);
    });
    listening.then(
      (end) => {
        unsubscribe = end;
        if (stopped) end().catch(() => {});
      },
      (error: unknown) => {
        onFault(error);
        if (!stopped) setTimeout(listen, RETRY_MS).unref();
      },
    );
  }

  listen();
  return () => {
    stopped = true;
    unsubscribe?.().catch(() => {});
  };
}
