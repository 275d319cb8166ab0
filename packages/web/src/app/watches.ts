import type { Client } from '@rill/client';
import type { Me } from '@rill/protocol';
import { LIMITS } from '@rill/protocol/limits';
import { watchOnItsWay } from '../features/rooms/watch-on-its-way.tsx';
import { forgetSought } from '../model/find.ts';
import { paths } from '../model/paths.ts';
import { watchHere } from '../platform/here.ts';
import { goBack } from '../platform/location.ts';
import { watchNotices } from './notices.ts';
import type { Route } from './route.ts';
import { watchSwipeBack } from './swipe-back.ts';

/** Nobody has touched the page for so long: nobody sits before it. */
const AWAY_MS = LIMITS.presenceAwaySeconds * 1_000;

interface WatchDeps {
  readonly client: Client;
  readonly me: Me;
  readonly route: () => Route;
  readonly go: (path: string) => void;
}

/** What listens as long as somebody is in, but can come after the first screen; until the returned function is called. */
export function watchAll({ client, me, route, go }: WatchDeps): () => void {
  const stops = [
    watchNotices(client, me, go),
    watchOnItsWay(client),
    watchHere(AWAY_MS, (isHere) => client.people.setPresence(isHere ? 'online' : 'away')),
    watchSwipeBack(() => backOf(route()), goBack),
    forgetSought,
  ];
  return () => stops.forEach((each) => each());
}

/** The column before: from a panel the conversation, from that the rooms. */
function backOf(route: Route): string | undefined {
  if (route.name !== 'room') return undefined;
  return route.panel === undefined ? paths.home : paths.room(route.room);
}
