import { useEffect } from 'preact/hooks';
import { useWords } from '../i18n/words.ts';
import { useClient, useLiving } from '../model/client.ts';
import { useMe } from '../model/me.ts';
import { roomName } from '../model/names.ts';
import { showTitle } from '../platform/title.ts';
import type { Route } from './route.ts';

/** The title of the window: how much is unread, where one is, which house it is. */
export function useTitle(route: Route): void {
  const words = useWords();
  const client = useClient();
  const me = useMe();
  const rooms = useLiving(client.rooms);
  const server = useLiving(client.server);
  const room = route.name === 'room' ? client.rooms.get(route.room) : undefined;
  const place =
    room !== undefined
      ? roomName(room, me.id, words)
      : route.name === 'settings'
        ? words.app.places.settings
        : route.name === 'administration'
          ? words.app.places.administration
          : undefined;
  const house = server?.name ?? words.app.name;
  const title = `${rooms.unread > 0 ? `(${rooms.unread}) ` : ''}${place === undefined ? '' : `${place} · `}${house}`;
  useEffect(() => showTitle(title), [title]);
}
