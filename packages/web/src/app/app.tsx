import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Client, SessionState } from '@rill/client';
import { currentLocale, speak, useWords } from '../i18n/words.ts';
import { ClientContext, useClient, useLiving } from '../model/client.ts';
import { paths } from '../model/paths.ts';
import { rememberInside } from '../model/inside.ts';
import { localeWasChosen } from '../model/preferences.ts';
import { go, path } from '../platform/location.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { part } from '../model/part.tsx';
import { Guard } from './guard.tsx';
import { House, Outside } from './parts.ts';
import { type Route, readRoute } from './route.ts';
import { takeWanted } from './wanted.ts';

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
      return <Outside ended={session.ended} route={route} />;
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
        actions={<Button onClick={() => void client.start()}>{words.app.tryNow}</Button>}
      >
        <p>{words.app.noServer.text}</p>
      </Empty>
    </main>
  );
}

function Inside({ me, route }: { me: Extract<SessionState, { name: 'signed-in' }>['me']; route: Route }) {
  useEffect(() => rememberInside(true), []);
  const outside = route.name === 'sign-in' || route.name === 'register' || route.name === 'reset';
  useEffect(() => {
    const to = takeWanted();
    if (outside || to !== undefined) go(to ?? paths.home, true);
  }, [outside]);
  useEffect(() => {
    // A browser in which no language was chosen speaks the one that was chosen elsewhere.
    if (me.locale !== undefined && me.locale !== currentLocale() && !localeWasChosen())
      void speak(me.locale, navigator.languages);
  }, [me.locale]);
  return <House key={me.id} me={me} route={outside ? { name: 'home' } : route} />;
}
