import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Client, SessionState } from '@rill/client';
import { currentLocale, speak, useWords } from '../i18n/words.ts';
import { ClientContext, useClient, useLiving } from '../model/client.ts';
import { paths } from '../model/paths.ts';
import { rememberInside } from '../model/inside.ts';
import { localeWasChosen } from '../model/preferences.ts';
import { address, go, path } from '../platform/location.ts';
import { showTitle } from '../platform/title.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { part } from '../model/part.tsx';
import { Guard } from './guard.tsx';
import { House, Owner, Register, Reset, SignIn } from './parts.ts';
import { type Route, readFragment, readRoute } from './route.ts';

/** The page of all components exists while developing only. */
const Gallery = import.meta.env.DEV ? part(() => import('./gallery.tsx')) : undefined;

export function App({ client }: { client: Client }) {
  const words = useWords();
  return (
    <ClientContext.Provider value={client}>
      <Guard of="app">
        <Who />
      </Guard>
      <Toasts closeLabel={words.app.close} />
    </ClientContext.Provider>
  );
}

/** Who is here decides what is shown. */
function Who() {
  const client = useClient();
  const session = useLiving(client.session);
  const route = useMemo(() => readRoute(path.value), [path.value]);
  if (route.name === 'gallery' && Gallery !== undefined) return <Gallery />;
  switch (session.name) {
    case 'unknown':
      return <Unknown />;
    case 'signed-out':
      return <Outside session={session} route={route} />;
    case 'signed-in':
      return <Inside me={session.me} route={route} />;
  }
}

/** Long enough for a slow line, short enough that nobody thinks it is broken. */
const PATIENCE_MS = 4_000;

function Unknown() {
  const words = useWords();
  const client = useClient();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <main class="alone">
      <Empty
        whole
        title={words.app.noServer.title}
        actions={<Button onClick={() => void client.start()}>{words.app.line.now}</Button>}
      >
        <p>{words.app.noServer.text}</p>
      </Empty>
    </main>
  );
}

/** Where one wanted to go before signing in. */
let wanted: string | undefined;

function Outside({ session, route }: { session: Extract<SessionState, { name: 'signed-out' }>; route: Route }) {
  const words = useWords();
  const client = useClient();
  const server = useLiving(client.server);
  const url = address.value;
  const secrets = useMemo(() => readFragment(location.hash), [url]);
  const known = ['sign-in', 'register', 'reset'].includes(route.name);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!known && route.name !== 'home') wanted = url;
    SignIn.preload();
    client.server.load().then(
      () => setAsked(true),
      () => setAsked(true),
    );
  }, [client]);
  useEffect(() => showTitle(words.app.name), [words]);
  useEffect(() => rememberInside(false), []);

  // Nobody is shown one form and then another.
  if (server === undefined && !asked) return null;
  if (server?.waitsForOwner) {
    return <Owner code={secrets.owner} onIn={(room) => go(room === undefined ? paths.home : paths.room(room), true)} />;
  }
  if (route.name === 'reset') return <Reset code={secrets.reset} />;
  if (route.name === 'register' || secrets.invite !== undefined) return <Register code={secrets.invite} />;
  return <SignIn notice={session.ended ? words.app.ended : undefined} />;
}

function Inside({ me, route }: { me: Extract<SessionState, { name: 'signed-in' }>['me']; route: Route }) {
  useEffect(() => rememberInside(true), []);
  const outside = route.name === 'sign-in' || route.name === 'register' || route.name === 'reset';
  useEffect(() => {
    const to = wanted;
    wanted = undefined;
    if (outside || to !== undefined) go(to ?? paths.home, true);
  }, [outside]);
  useEffect(() => {
    // A browser in which no language was chosen speaks the one that was chosen elsewhere.
    if (me.locale !== undefined && me.locale !== currentLocale() && !localeWasChosen())
      void speak(me.locale, navigator.languages);
  }, [me.locale]);
  return <House key={me.id} me={me} route={outside ? { name: 'home' } : route} />;
}
