import { Archive, BellOff, Lock, Search } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Room, RoomId } from '@rill/protocol';
import { useTimes, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { isListed } from '../../model/last-room.ts';
import { useSignedIn } from '../../model/me.ts';
import { nameById, roomName, roomSeed } from '../../model/names.ts';
import { useNow } from '../../model/now.ts';
import { onItsWay } from '../../model/on-its-way.ts';
import { part } from '../../model/part.tsx';
import { paths } from '../../model/paths.ts';
import { dotOf, otherOf, useFollow, usePresence } from '../../model/presence.ts';
import { oneColumn } from '../../platform/columns.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { memo } from '../../ui/memo.ts';
import { lastLine } from './last-line.ts';
import './rooms-list.css';

/** Few are in no room: a first screen does without. */
const NoRooms = part(() => import('./no-rooms.tsx'), 'later', 'nothing');

/** A filter is in the way where everything is in sight. */
const MANY = 8;

/**
 * Drawn first: more than any screen shows. The others follow when what is in sight stands, as do all where a phone
 * shows a conversation instead.
 */
const FIRST = 24;
const FOLLOWS_MS = 100;

/** So many of the people one talks with directly are looked at; whoever is further down is far down. */
const FOLLOWED = 100;

/** All rooms of the user, latest activity first. `current`: the one on the screen. */
export function RoomsList({ current }: { current?: RoomId | undefined }) {
  const words = useWords();
  const client = useClient();
  const { me } = useSignedIn();
  const rooms = useLiving(client.rooms);
  const people = useLiving(client.people);
  const [filter, setFilter] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const [drawn, setDrawn] = useState(() => (current !== undefined && oneColumn() ? 0 : FIRST));
  useEffect(() => {
    const timer = setTimeout(() => setDrawn(Number.POSITIVE_INFINITY), FOLLOWS_MS);
    return () => clearTimeout(timer);
  }, []);
  const others = rooms.list.flatMap((room) => otherOf(room, me.id) ?? []).slice(0, FOLLOWED);
  // In one order, so that a new message asks for nothing anew.
  useFollow(others.toSorted());

  if (rooms.name === 'loading') return <Loading label={words.app.loading} lines={6} />;
  if (rooms.list.length === 0) return <NoRooms />;

  const sought = filter.trim().toLocaleLowerCase();
  const shown =
    sought === ''
      ? // What was put aside is there as long as one looks at it.
        rooms.list.filter((room) => isListed(room) || room.id === current)
      : rooms.list.filter((room) => roomName(room, me.id, words, people).toLocaleLowerCase().includes(sought));

  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const links = [...(list.current?.querySelectorAll<HTMLElement>('a') ?? [])];
    const now = links.indexOf(document.activeElement as HTMLElement);
    const to = links[now + (event.key === 'ArrowDown' ? 1 : -1)];
    if (event.altKey || to === undefined) return;
    event.preventDefault();
    to.focus();
  };

  return (
    <div class="rooms-list" onKeyDown={keys}>
      {rooms.list.length > MANY ? (
        <label class="rooms-filter">
          <Icon of={Search} small />
          <input
            type="search"
            aria-label={words.rooms.filter}
            placeholder={words.rooms.filter}
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
        </label>
      ) : null}
      <ul ref={list}>
        {shown.slice(0, drawn).map((room) => (
          <RoomRow key={room.id} room={room} current={room.id === current} />
        ))}
      </ul>
      {shown.length === 0 ? <p class="rooms-none">{words.rooms.noMatch}</p> : null}
    </div>
  );
}

const RoomRow = memo(function RoomRow({ room, current }: { room: Room; current: boolean }) {
  const words = useWords();
  const times = useTimes();
  const now = useNow();
  const client = useClient();
  const { me, drafts } = useSignedIn();
  const people = useLiving(client.people);
  const name = roomName(room, me.id, words, people);
  const present = usePresence(otherOf(room, me.id));
  const dot = dotOf(present);
  const draft = drafts.of(room.id).value.trim();
  const silent = room.involvement === 'nothing';
  const at = Date.parse(room.lastAt);
  // A whole date costs more than the rest of the row: it is written when somebody points there.
  const [near, setNear] = useState(false);
  return (
    <li>
      <a
        class={room.unread > 0 && !silent ? 'room-row room-unread' : 'room-row'}
        href={paths.room(room.id)}
        aria-current={current ? 'page' : undefined}
      >
        <Avatar name={name} seed={roomSeed(room, me.id)} square={room.kind !== 'direct'} dot={dot} />
        <span class="room-row-text">
          <span class="room-row-head">
            <bdi class="room-row-name">{name}</bdi>
            {dot === undefined ? null : (
              <span class="unseen">{dot === 'full' ? words.room.presence.online : words.room.presence.away}</span>
            )}
            {room.kind === 'closed' ? <RoomSign icon={Lock} says={words.rooms.closed} /> : null}
            {room.archived ? <RoomSign icon={Archive} says={words.rooms.archived} /> : null}
            {silent ? <RoomSign icon={BellOff} says={words.rooms.silenced} /> : null}
            <time
              class="room-row-time"
              dateTime={room.lastAt}
              title={near ? times.full(at) : undefined}
              onPointerEnter={() => setNear(true)}
              onPointerLeave={() => setNear(false)}
            >
              {times.short(at, now)}
            </time>
          </span>
          <span class="room-row-last">
            <bdi class="room-row-line">
              {draft !== '' && !current ? (
                <>
                  <span class="room-row-draft">{words.rooms.draft}</span>
                  {draft.slice(0, 200)}
                </>
              ) : (
                (onItsWay.value.get(room.id) ??
                lastLine(room, { me: me.id, words, times, name: (id) => nameById(client, id, words) }))
              )}
            </bdi>
            {room.unread === 0 ? null : (
              <Badge count={room.unread} label={words.rooms.unread(room.unread)} muted={silent} />
            )}
          </span>
        </span>
      </a>
    </li>
  );
});

function RoomSign({ icon, says }: { icon: typeof Lock; says: string }) {
  return (
    <span class="room-row-sign" title={says}>
      <Icon of={icon} small />
      <span class="unseen">{says}</span>
    </span>
  );
}
