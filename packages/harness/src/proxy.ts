import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Where the proxy passes things on to. */
export type ProxyTarget = { readonly host: string; readonly port: number } | { readonly path: string };

/** A hop that can fail in the ways hops do. Verbs hold for the connections there are and for those to come. */
export interface Proxy {
  readonly port: number;
  /** How many connections go through now. */
  connections(): number;
  /** Passes nothing on in either direction and keeps connections open: the silent cut. */
  cut(direction?: 'both' | 'up' | 'down'): void;
  /** The same in both directions for the connections there are that began by naming themselves so. */
  cutNamed(name: string): void;
  mend(): void;
  /** Ends every connection with a reset. */
  reset(): void;
  /** Every piece arrives so much later. */
  delay(ms: number): void;
  /** Resets each connection once so many bytes have gone down through it. */
  dropAfter(bytes: number): void;
  /** Refuses new connections. */
  refuse(yes: boolean): void;
  stop(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  down: number;
  /** The first bytes that went up. */
  start: string;
}

const START_LENGTH = 512;

/** A TCP proxy on a free port of this machine. */
export async function startProxy(target: ProxyTarget): Promise<Proxy> {
  const pairs = new Set<Pair>();
  let [upCut, downCut, delayMs, dropBytes, refusing] = [false, false, 0, Number.POSITIVE_INFINITY, false];

  const pass = (from: Socket, to: Socket, isCut: () => boolean, count: (bytes: number) => boolean) => {
    from.on('data', (piece) => {
      if (!count(piece.length)) return;
      const go = () => {
        if (!to.destroyed && !to.write(piece)) {
          from.pause();
          to.once('drain', () => {
            if (!isCut()) from.resume();
          });
        }
      };
      if (delayMs > 0) setTimeout(go, delayMs);
      else go();
    });
    from.on('end', () => {
      setTimeout(() => to.end(), delayMs);
    });
  };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    if (refusing) {
      near.resetAndDestroy();
      return;
    }
    const far =
      'path' in target
        ? connect({ path: target.path, allowHalfOpen: true })
        : connect({ ...target, allowHalfOpen: true, noDelay: true });
    const pair: Pair = { near, far, down: 0, start: '' };
    near.on('data', (piece) => {
      if (pair.start.length < START_LENGTH) pair.start += piece.toString('latin1', 0, START_LENGTH);
    });
    pairs.add(pair);
    pass(
      near,
      far,
      () => upCut,
      () => true,
    );
    pass(
      far,
      near,
      () => downCut,
      (bytes) => {
        pair.down += bytes;
        if (pair.down <= dropBytes) return true;
        near.resetAndDestroy();
        far.destroy();
        return false;
      },
    );
    if (upCut) near.pause();
    if (downCut) far.pause();
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => {
        pairs.delete(pair);
        if (!other.destroyed) other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  return {
    port,
    connections: () => pairs.size,
    cut(direction = 'both') {
      upCut ||= direction !== 'down';
      downCut ||= direction !== 'up';
      for (const { near, far } of pairs) {
        if (upCut) near.pause();
        if (downCut) far.pause();
      }
    },
    cutNamed(name) {
      for (const { near, far, start } of pairs) {
        if (!start.includes(name)) continue;
        near.pause();
        far.pause();
      }
    },
    mend() {
      upCut = false;
      downCut = false;
      for (const { near, far } of pairs) {
        near.resume();
        far.resume();
      }
    },
    reset() {
      for (const { near, far } of pairs) {
        near.resetAndDestroy();
        far.destroy();
      }
    },
    delay(ms) {
      delayMs = ms;
    },
    dropAfter(bytes) {
      dropBytes = bytes;
    },
    refuse(yes) {
      refusing = yes;
    },
    async stop() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
}
