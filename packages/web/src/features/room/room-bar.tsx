import { ArrowLeft, Info, Lock, Search, Users } from 'lucide';
import type { Room } from '@rill/protocol';
import { useTimes, useWords } from '../../i18n/words.ts';
import { useMe } from '../../model/me.ts';
import { useNow } from '../../model/now.ts';
import type { Panel } from '../../model/paths.ts';
import { paths } from '../../model/paths.ts';
import { otherOf, usePresence } from '../../model/presence.ts';
import { IconLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import '../../ui/bar.css';
import './room-bar.css';

/** The top of a conversation: where one is, who else is here, what can be set. */
export function RoomBar({ room, name, panel }: { room: Room; name: string; panel: Panel | undefined }) {
  const words = useWords();
  const link = (which: Panel) => (panel === which ? paths.room(room.id) : paths.panel(room.id, which));
  return (
    <header class="bar room-bar">
      <span class="room-bar-back">
        <IconLink icon={ArrowLeft} href={paths.home} label={words.app.back} data-back="up" />
      </span>
      <div class="room-bar-text">
        <h1 class="room-bar-name">
          {room.kind === 'closed' ? <Icon of={Lock} small /> : null}
          <bdi>{name}</bdi>
        </h1>
        <p class="room-bar-detail">
          {room.kind === 'direct' && room.members <= 2 ? <Here room={room} /> : words.room.members(room.members)}
          {room.topic === '' ? null : <bdi> · {room.topic}</bdi>}
        </p>
      </div>
      <IconLink
        icon={Search}
        href={link('find')}
        label={words.room.find}
        aria-current={panel === 'find' ? 'page' : undefined}
      />
      <IconLink
        icon={Users}
        href={link('members')}
        label={words.room.showMembers}
        aria-current={panel === 'members' ? 'page' : undefined}
      />
      <IconLink
        icon={Info}
        href={link('details')}
        label={words.room.settings}
        aria-current={panel === 'details' ? 'page' : undefined}
      />
    </header>
  );
}

/** Whether the other one is here, or since when no more. */
function Here({ room }: { room: Room }) {
  const words = useWords();
  const times = useTimes();
  const now = useNow();
  const me = useMe();
  const present = usePresence(otherOf(room, me.id));
  const said = words.room.presence;
  if (present?.presence === 'online') return said.online;
  if (present?.presence === 'away') return said.away;
  if (present?.lastSeenAt === undefined) return words.room.kinds.direct;
  const at = Date.parse(present.lastSeenAt);
  return <span title={times.full(at)}>{said.lastSeen(times.short(at, now))}</span>;
}
