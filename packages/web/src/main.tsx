import './styles/index.css';
import { type BoardMessage, createClient, type TabMessage } from '@rill/client';
import { indexedDbStore } from '@rill/client/indexeddb';
import { render } from 'preact';
import { App } from './app/app.tsx';
import { House, Outside, SignIn } from './app/parts.ts';
import { currentWords, speak } from './i18n/words.ts';
import { wasInside } from './model/inside.ts';
import { preferences, showLook } from './model/preferences.ts';
import { watchLocation } from './platform/location.ts';
import { watchDevice } from './platform/presence.ts';
import { sharedPort } from './platform/tab-port.ts';
import { installWorker } from './platform/worker.ts';
import { toast } from './ui/toast.ts';

/** Everything a reader may scroll back through in one sitting stays loaded: letting go would move the list. */
const LOADED = 200_000;

showLook();
watchLocation();
const inside = wasInside();
for (const screen of inside ? [House] : [Outside, SignIn]) screen.preload();
const client = createClient({
  url: location.origin,
  store: indexedDbStore(),
  loaded: LOADED,
  share: async () => sharedPort<TabMessage, BoardMessage>(),
});
void client.start();
// Who was never here will be asked in: what that screen says of the server need not wait until it is certain.
if (!inside) void client.server.load().catch(() => {});
watchDevice({ awake: () => client.connection.wake(), offline: () => client.connection.sleep() });
if (import.meta.env.PROD) {
  installWorker({
    ready: (takeOver) => {
      const { update } = currentWords().app;
      toast(update.ready, { action: { label: update.act, act: takeOver }, stays: true });
    },
  });
}
await speak(preferences.value.locale, navigator.languages);
const root = document.getElementById('app');
if (root !== null) render(<App client={client} />, root);
