import { Plus, Search, Settings as SettingsIcon } from 'lucide';
import { useState } from 'preact/hooks';
import type { RoomId } from '@rill/protocol';
import { RoomsList } from '../features/rooms/rooms-list.tsx';
import { useWords } from '../i18n/words.ts';
import { useClient, useLiving } from '../model/client.ts';
import { useMe } from '../model/me.ts';
import { nameOf } from '../model/names.ts';
import { paths } from '../model/paths.ts';
import { preferences } from '../model/preferences.ts';
import { hasTouch, KEY } from '../platform/keyboard.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton, IconLink } from '../ui/button.tsx';
import { Mark } from '../ui/mark.tsx';
import { NewMenu, Tour } from './parts.ts';
import { opened } from './opened.ts';
import type { Route } from './route.ts';
import '../ui/bar.css';
import './side.css';

/** The first column: which house this is, all rooms, and who is in it. */
export function Side({ current, route: where }: { current: RoomId | undefined; route: Route }) {
  const words = useWords();
  const client = useClient();
  const me = useMe();
  const server = useLiving(client.server);
  const [adding, setAdding] = useState<HTMLElement>();
  const name = nameOf(me, words);
  return (
    <div class="side-frame">
      <header class="bar side-bar">
        <Mark />
        <h1 class="side-name">
          <bdi>{server?.name ?? words.app.name}</bdi>
        </h1>
        <IconButton
          icon={Search}
          label={words.rooms.find}
          keys={`${KEY.command} K`}
          onClick={() => {
            opened.value = 'switcher';
          }}
        />
        <IconButton
          icon={Plus}
          label={words.rooms.add}
          aria-haspopup="menu"
          aria-expanded={adding !== undefined}
          onClick={(event) => setAdding(event.currentTarget)}
        />
      </header>
      <div class="side-scroll">
        <RoomsList current={current} />
        {/* Below: it comes a moment later, and above it would push the rooms from under a finger. */}
        {preferences.value.toured || !hasTouch() ? null : (
          <div class="side-tour">
            <Tour />
          </div>
        )}
      </div>
      <footer class="side-foot">
        <a class="side-me" href={paths.settings('profile')}>
          <Avatar name={name} seed={me.id} />
          <bdi>{name}</bdi>
          <span class="unseen">{words.rooms.yourProfile}</span>
        </a>
        <IconLink
          icon={SettingsIcon}
          href={paths.settings()}
          label={words.rooms.settings}
          aria-current={where.name === 'settings' ? 'page' : undefined}
        />
      </footer>
      {adding === undefined ? null : <NewMenu at={adding} onClose={() => setAdding(undefined)} />}
    </div>
  );
}
