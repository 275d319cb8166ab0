import { type Client, createClient, type LiveRoom, type Living, type Store, type TimelineState } from '@rill/client';
import { type FakePerson, FakeServer, type ManualClock, type Mischief, manualClock } from '@rill/client/testing';

/** A fake server and clients on it, all on one clock that stands still until it is moved. */
export interface Stage {
  readonly clock: ManualClock;
  readonly server: FakeServer;
  /** A client of a person, started. */
  enter(person: FakePerson, more?: { store?: Store; random?: () => number; loaded?: number }): Promise<Client>;
  /** Ends every client. */
  end(): Promise<void>;
}

export function stage(mischief?: Mischief): Stage {
  const clock = manualClock();
  const server = new FakeServer({ clock, ...(mischief === undefined ? {} : { mischief }) });
  const clients: Client[] = [];
  return {
    clock,
    server,
    async enter(person, more = {}) {
      const client = createClient({
        url: 'http://fake',
        transport: server.transport(),
        token: person.token,
        auth: 'token',
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
    async end() {
      for (const client of clients) await client.close();
    },
  };
}

/** What somebody reads in a timeline, top to bottom. */
export function reads({ items }: TimelineState): string[] {
  return items.map((item) => {
    if (item.kind === 'pending') return `${item.text} (${item.state})`;
    const { message } = item;
    if (message.kind === 'system') return `* ${message.note.code}`;
    if ('text' in message) return message.text;
    return 'recalled' in message ? '(recalled)' : '(removed)';
  });
}

/** Only what people said. */
export function said(room: LiveRoom): string[] {
  return reads(room.timeline.snapshot()).filter((line) => !line.startsWith('* '));
}

/** Waits until a living thing is as it should be; fails with what it was instead. */
export function comes<Snapshot>(
  living: Living<Snapshot>,
  isSo: (snapshot: Snapshot) => boolean,
  ms = 20_000,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!isSo(living.snapshot())) return;
      end();
      resolve();
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error(`it did not come to that: ${JSON.stringify(living.snapshot())}`));
    }, ms);
    const stop = living.subscribe(look);
    const end = () => {
      clearTimeout(timer);
      stop();
    };
    look();
  });
}
