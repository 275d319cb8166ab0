import type { AckFrame, Cursor, DownFrame, ErrorFrame, UpFrame, WelcomeFrame } from '@rill/protocol';
import { WebSocket } from 'ws';

/** How long a test waits for what must come. */
const PATIENCE_MS = 10_000;

type WithoutRef<Frame> = Frame extends unknown ? Omit<Frame, 'ref'> : never;

interface Waiter {
  readonly match: (frame: DownFrame) => boolean;
  readonly resolve: (frame: DownFrame) => void;
}

/** One live socket of one person. */
export interface Line {
  readonly socket: WebSocket;
  /** Everything that came, in order. */
  readonly seen: readonly DownFrame[];
  /** The first frame that matches and was not taken yet, or the first to come. */
  take<Type extends DownFrame['type']>(
    type: Type,
    match?: (frame: Extract<DownFrame, { type: Type }>) => boolean,
  ): Promise<Extract<DownFrame, { type: Type }>>;
  /** Sends a frame and resolves with its answer. */
  ask(frame: WithoutRef<UpFrame>): Promise<AckFrame | ErrorFrame | WelcomeFrame>;
  /** The same, where anything but an ack is a failure. */
  ack(frame: WithoutRef<UpFrame>): Promise<AckFrame>;
  hello(token?: string, rooms?: Record<string, Cursor>): Promise<WelcomeFrame>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  close(): Promise<void>;
}

/** Opens a socket; nothing is said on it yet. */
export async function openLine(url: string, headers: Record<string, string> = {}): Promise<Line> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/v1/live`, { headers, perMessageDeflate: false });
  const seen: DownFrame[] = [];
  const inbox: DownFrame[] = [];
  const waiters = new Set<Waiter>();
  let refs = 0;

  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  socket.on('message', (data) => {
    // What this server sends is what is under test: shapes are checked by the tests that look at them.
    const frame = JSON.parse(String(data)) as DownFrame;
    seen.push(frame);
    for (const waiter of waiters) {
      if (!waiter.match(frame)) continue;
      waiters.delete(waiter);
      waiter.resolve(frame);
      return;
    }
    inbox.push(frame);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => {});

  function wait(what: string, match: (frame: DownFrame) => boolean): Promise<DownFrame> {
    const at = inbox.findIndex(match);
    const [there] = at < 0 ? [] : inbox.splice(at, 1);
    if (there) return Promise.resolve(there);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        match,
        resolve(frame) {
          clearTimeout(timer);
          resolve(frame);
        },
      };
      const fail = (why: string) => {
        waiters.delete(waiter);
        clearTimeout(timer);
        reject(new Error(`no ${what}: ${why}; got ${JSON.stringify(seen.slice(-10))}`));
      };
      const timer = setTimeout(() => fail('none came in time'), PATIENCE_MS);
      waiters.add(waiter);
      void closed.then(({ code, reason }) => fail(`closed with ${code} ${reason}`));
    });
  }

  async function ask(frame: WithoutRef<UpFrame>): Promise<AckFrame | ErrorFrame | WelcomeFrame> {
    refs += 1;
    const ref = `r${refs}`;
    const answer = wait(`answer to ${frame.type}`, (each) => 'ref' in each && each.ref === ref);
    socket.send(JSON.stringify({ ...frame, ref }));
    // Only these three bear a ref.
    return (await answer) as AckFrame | ErrorFrame | WelcomeFrame;
  }

  return {
    socket,
    seen,
    closed,
    ask,
    async take(type, match = () => true) {
      type Wanted = Extract<DownFrame, { type: typeof type }>;
      return (await wait(type, (frame) => frame.type === type && match(frame as Wanted))) as Wanted;
    },
    async ack(frame) {
      const answer = await ask(frame);
      if (answer.type !== 'ack') throw new Error(`${frame.type} was answered with ${JSON.stringify(answer)}`);
      return answer;
    },
    async hello(token, rooms) {
      const answer = await ask({ type: 'hello', ...(token ? { token } : {}), ...(rooms ? { rooms } : {}) });
      if (answer.type !== 'welcome') throw new Error(`hello was answered with ${JSON.stringify(answer)}`);
      return answer;
    },
    async close() {
      socket.close();
      await closed;
    },
  };
}
