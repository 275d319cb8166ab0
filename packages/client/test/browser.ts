import { type Client, createClient, memoryStore, type Store, type Transport } from '@rill/client';
import type { Stage } from './people.ts';

export const PASSWORD = 'a long enough password';

/** One browser, of whoever signs in: what it keeps, its cookies, and its pages. */
export interface Browser {
  readonly store: Store;
  readonly transport: Transport;
  /** A page is opened. */
  open(more?: { readonly transport?: Transport; readonly store?: Store }): Promise<Client>;
  /** The form is filled in, with the password that everybody has here. */
  signIn(client: Client, username: string): Promise<void>;
  /** Closes every page. */
  end(): Promise<void>;
}

export function browserOn({ clock, server }: Stage): Browser {
  const store = memoryStore();
  const transport = server.transport();
  const clients: Client[] = [];
  return {
    store,
    transport,
    async open(more = {}) {
      const client = createClient({
        url: 'http://fake',
        transport,
        auth: 'cookie',
        store,
        clock,
        random: () => 0.5,
        ...more,
      });
      clients.push(client);
      const started = client.start();
      await clock.advance(50);
      await started;
      return client;
    },
    async signIn(client, username) {
      const signing = client.session.login({ username, password: PASSWORD });
      await clock.advance(50);
      await signing;
    },
    async end() {
      for (const client of clients) await client.close();
    },
  };
}
