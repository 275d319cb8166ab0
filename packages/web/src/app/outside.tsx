import { useEffect, useMemo, useState } from 'preact/hooks';
import { useWords } from '../i18n/words.ts';
import { useClient, useLiving } from '../model/client.ts';
import { rememberInside } from '../model/inside.ts';
import { paths } from '../model/paths.ts';
import { address, go } from '../platform/location.ts';
import { showTitle } from '../platform/title.ts';
import { Owner, Register, Reset, SignIn } from './parts.ts';
import { type Route, readFragment } from './route.ts';
import { want } from './wanted.ts';

/** What is shown to somebody who is not signed in. `ended`: they were, until it was taken away. */
export default function Outside({ ended, route }: { ended: boolean; route: Route }) {
  const words = useWords();
  const client = useClient();
  const server = useLiving(client.server);
  const url = address.value;
  const secrets = useMemo(() => readFragment(location.hash), [url]);
  const known = ['sign-in', 'register', 'reset'].includes(route.name);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!known && route.name !== 'home') want(url);
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
  return <SignIn ended={ended} />;
}
