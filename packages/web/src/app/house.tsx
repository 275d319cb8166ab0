import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ComponentType } from 'preact';
import type { Me, RoomId } from '@rill/protocol';
import { speakLater, useWords } from '../i18n/words.ts';
import { useClient } from '../model/client.ts';
import { createDrafts } from '../model/drafts.ts';
import { keepLastRoom, lastRoom } from '../model/last-room.ts';
import { SignedInContext } from '../model/me.ts';
import { paths } from '../model/paths.ts';
import { oneColumn } from '../platform/columns.ts';
import { go } from '../platform/location.ts';
import { Beside, Conversation } from './conversation.tsx';
import { opened } from './opened.ts';
import { Guard } from './guard.tsx';
import {
  Administration,
  DetailsPanel,
  Explore,
  FindPanel,
  KeysDialog,
  MembersPanel,
  Missing,
  NewDirect,
  NewMenu,
  NewRoom,
  Refused,
  Settings,
  SignOut,
  Switcher,
  Welcome,
} from './parts.ts';
import type { Route } from './route.ts';
import { Side } from './side.tsx';
import { useKeys } from './keys.ts';
import { useTitle } from './title.ts';
import './house.css';

/** The first screen goes first. */
const QUIET_MS = 1_000;

/** What did not come is asked for anew. */
const AGAIN_MS = 2_000;

const PANELS = { members: MembersPanel, details: DetailsPanel, find: FindPanel };

const close = () => (opened.value = undefined);
const openKeys = () => (opened.value = 'keys');

interface HouseProps {
  me: Me;
  route: Route;
}

/** Inside: three columns at a desk, one at a time on a phone. */
export default function House({ me, route }: HouseProps) {
  const words = useWords();
  const client = useClient();
  const drafts = useMemo(() => createDrafts(me.id), [me.id]);
  useEffect(() => () => drafts.close(), [drafts]);
  useEffect(() => void client.server.load().catch(() => {}), [client]);
  const signedIn = useMemo(() => ({ me, drafts }), [me, drafts]);
  const room = route.name === 'room' ? route.room : undefined;
  const panel = route.name === 'room' ? route.panel : undefined;
  useLayoutEffect(() => {
    // Who opens it at a desk goes on where they were.
    const last = route.name === 'home' && !oneColumn() ? lastRoom(me.id, client) : undefined;
    if (last !== undefined) go(paths.room(last), true);
  }, []);
  useEffect(() => {
    if (room !== undefined) keepLastRoom(me.id, room);
  }, [room]);
  const at = panel !== undefined ? 'panel' : route.name === 'home' ? 'side' : 'main';

  return (
    <SignedInContext.Provider value={signedIn}>
      <a class="skip" href="#conversation">
        {words.app.skipToConversation}
      </a>
      <div class="house">
        <Watch route={route} me={me} />
        <main class="columns" data-at={at}>
          <nav class="column side" aria-label={words.app.areas.rooms}>
            <Side current={room} route={route} />
          </nav>
          <section class="column main" id="conversation" tabIndex={-1} aria-label={words.app.areas.conversation}>
            <Guard of={route.name === 'room' ? `room ${route.room}` : route.name}>
              <Main route={route} />
            </Guard>
          </section>
          {room === undefined || panel === undefined ? null : (
            <section class="column aside" aria-label={words.app.areas.panel}>
              <Guard of={`${room} ${panel}`}>
                <Beside id={room} show={PANELS[panel]} />
              </Guard>
            </section>
          )}
        </main>
      </div>
      {opened.value === 'switcher' ? (
        <Switcher room={room} onClose={close} onKeys={openKeys} onSignOut={() => (opened.value = 'sign-out')} />
      ) : null}
      {opened.value === 'keys' ? <KeysDialog onClose={close} /> : null}
      {opened.value === 'sign-out' ? <SignOut onClose={close} /> : null}
    </SignedInContext.Provider>
  );
}

/** What listens as long as somebody is in, and says how things stand. */
function Watch({ route, me }: { route: Route; me: Me }) {
  const client = useClient();
  const here = useRef(route);
  here.current = route;
  useTitle(route);
  const [Lines, setLines] = useState<ComponentType<{ current: RoomId | undefined }>>();
  useEffect(() => {
    let stop = () => {};
    let over = false;
    const begin = () => {
      Promise.all([import('./watches.ts'), import('./lines.tsx'), speakLater()]).then(
        ([{ watchAll }, lines]) => {
          if (over) return;
          stop = watchAll({ client, me, route: () => here.current, go });
          setLines(() => lines.Lines);
        },
        // The network went before it came: it may come from what is kept in the browser by then, without a network.
        () => {
          if (!over) timer = setTimeout(begin, AGAIN_MS);
        },
      );
    };
    // What calls later need not come with the first screen.
    let timer = setTimeout(begin, QUIET_MS);
    return () => {
      over = true;
      clearTimeout(timer);
      stop();
    };
  }, [client, me.id]);
  useEffect(() => {
    // What a key opens must be there when the key is pressed.
    const timer = setTimeout(() => {
      void speakLater().catch(() => {});
      for (const soon of [NewMenu, Switcher, MembersPanel, DetailsPanel, FindPanel, KeysDialog, Refused])
        soon.preload();
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  useKeys(route, {
    openSwitcher: () => (opened.value = 'switcher'),
    openKeys,
  });
  return Lines === undefined ? null : <Lines current={route.name === 'room' ? route.room : undefined} />;
}

function Main({ route }: { route: Route }) {
  switch (route.name) {
    case 'room':
      return <Conversation key={route.room} id={route.room} seq={route.seq} panel={route.panel} />;
    case 'new-room':
      return <NewRoom />;
    case 'new-direct':
      return <NewDirect />;
    case 'explore':
      return <Explore />;
    case 'settings':
      return <Settings section={route.section} />;
    case 'administration':
      return <Administration section={route.section} />;
    case 'home':
    case 'sign-in':
    case 'register':
    case 'reset':
      return <Welcome />;
    case 'gallery':
    case 'missing':
      return <Missing />;
  }
}
