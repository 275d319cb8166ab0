import { setTimeout as sleep } from 'node:timers/promises';
import {
  launchWholeBrowser,
  launchProfile,
  newNonce,
  type Person,
  PASSWORD,
  register,
  type ServerProcess,
  startServerProcess,
} from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { BrowserContext, Page } from 'playwright-core';
import { createApi } from '../../dev/api.ts';
import { importLines } from '../../dev/pour.ts';
import { readTalk } from '../../dev/talk.ts';
import { hello, OPEN_LIMITS } from '../peers/rill.ts';
import { pin } from '../processes.ts';

/** Beside the one that is measured: the list of rooms is drawn too. */
const ROOMS = 50;
const SPEAKERS = 4;
const DESK = { width: 1440, height: 900 };
/** Checked with the browser's types, apart from this file. */
const PAGE = './page.ts';

/** A real server with a room of real talk, somebody who reads it in a browser, and others who can speak in it. */
export interface Stage {
  readonly server: ServerProcess;
  readonly reader: Person;
  /** Its messages are all read. */
  readonly room: Room;
  readonly lines: readonly string[];
  /** A browser of one's own, nobody signed in; every page of it is watched. */
  fresh(): Promise<BrowserContext>;
  /** One in which the reader is signed in. `own`: with a profile on disk, closed by whoever asks. */
  signedIn(window?: 'private' | 'own'): Promise<BrowserContext>;
  /** Opens the room and waits until its newest message stands there. */
  open(context: BrowserContext): Promise<Page>;
  /** Says so many messages in the room, so many a second, by turns of several people; resolves to the last. */
  talk(count: number, perSecond: number): Promise<string>;
  end(): Promise<void>;
}

/** Has so many messages said in the room, does something on the stage, and takes all of it down. */
export async function onStage<Result>(messages: number, act: (stage: Stage) => Promise<Result>): Promise<Result> {
  const stage = await setStage(messages);
  try {
    return await act(stage);
  } finally {
    await stage.end();
  }
}

async function setStage(messages: number): Promise<Stage> {
  const server = await startServerProcess({ env: { ...OPEN_LIMITS, REGISTRATION: 'open' } });
  const browser = await onAllCpus(launchWholeBrowser);
  const owner = await register(server.url, { username: 'owner', code: server.ownerCode });
  const reader = await register(server.url, { username: 'reader', displayName: 'Reader' });
  const room = await owner.makeRoom({ kind: 'open', name: 'Busy', members: [reader.id] });
  for (let at = 1; at <= ROOMS; at += 1) await owner.makeRoom({ name: `Room ${at}`, members: [reader.id] });
  const { lines } = await readTalk(messages);
  await importLines(createApi(server.url, owner.token), room.id, lines, { batch: 500, told: () => {} });
  const { seq } = await owner.page(room.id, '?limit=1');
  await reader.put(`/rooms/${room.id}/read`, { seq });

  // The page's own part is another program to the type checker.
  const { watchPage } = (await import(PAGE)) as { watchPage: () => void };
  const looks = { viewport: DESK, locale: 'en', timezoneId: 'Asia/Shanghai' };
  const fresh = async (window: 'private' | 'own' = 'private') => {
    const context = await (window === 'own' ? onAllCpus(() => launchProfile(looks)) : browser.newContext(looks));
    await context.addInitScript(watchPage);
    return context;
  };
  return {
    server,
    reader,
    room,
    lines: lines.map(({ text }) => text),
    fresh: () => fresh(),
    async signedIn(window) {
      const context = await fresh(window);
      const data = { username: reader.username, password: PASSWORD, session: 'cookie' };
      const answer = await context.request.post(`${server.url}/api/v1/login`, {
        data,
        headers: { origin: server.url },
      });
      if (!answer.ok()) throw new Error(`no sign-in: ${answer.status()} ${await answer.text()}`);
      // As the page that signs somebody in leaves it.
      await context.addInitScript(() => localStorage.setItem('rill:inside', 'true'));
      return context;
    },
    async open(context) {
      const page = await context.newPage();
      await page.goto(`${server.url}/rooms/${room.id}`);
      await page.evaluate('watch.atEnd()');
      return page;
    },
    async talk(count, perSecond) {
      const port = Number(new URL(server.url).port);
      const speakers = await Promise.all(
        Array.from({ length: SPEAKERS }, async (_, at) => {
          const person = await register(server.url, { username: `speaker${at}` });
          await person.put(`/rooms/${room.id}/members/me`);
          return hello(port, person.token);
        }),
      );
      const began = performance.now();
      let text = '';
      for (let at = 0; at < count; at += 1) {
        const wait = began + (at * 1_000) / perSecond - performance.now();
        if (wait > 1) await sleep(wait);
        text = at === count - 1 ? 'That was all.' : (lines[at % lines.length]?.text ?? '');
        // Somebody says a thing or two before the next one does.
        const speaker = speakers[(at >> 1) % SPEAKERS];
        speaker?.text(JSON.stringify({ type: 'send', ref: `${at}`, room: room.id, nonce: newNonce(), text }));
      }
      // They go when what they said has been heard.
      await sleep(500);
      for (const line of speakers) line.socket.destroy();
      return text;
    },
    async end() {
      await browser.close();
      await server.stop();
    },
  };
}

/** The browser may use the whole machine, as a person's would; the server and the load keep to their part of it. */
async function onAllCpus<Result>(start: () => Promise<Result>): Promise<Result> {
  pin(process.pid, 'any');
  const started = await start();
  pin(process.pid, 'load');
  return started;
}
