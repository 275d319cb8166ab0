import { type IncomingMessage, request } from 'node:http';
import type { Carrier, Ears, Where } from './carrier.ts';
import { ask } from './rest.ts';

const HEADERS_MS = 8_000;

export interface Across extends Where {
  /** Where its frames go up: to any node, whichever has the stream. */
  readonly up: () => string;
}

/** An event stream, with requests for the frames up. What may or may not have been taken ends it. */
export function openStream({ url, token, up }: Across, ears: Ears): Carrier {
  let stream = '';
  let pings = 0;
  let ended = false;
  let answer: IncomingMessage | undefined;
  const asking = request(`${url}/api/v1/live/events`, { headers: { authorization: `Bearer ${token}` }, agent: false });
  const late = setTimeout(() => asking.destroy(), HEADERS_MS);

  function end(): void {
    clearTimeout(late);
    if (ended) return;
    ended = true;
    ears.closed();
  }

  async function post(frame: object): Promise<void> {
    const { status } = await ask(up(), token, 'POST', '/live/frames', { stream, frames: [frame] });
    if (status !== 202) drop();
  }

  function take(event: string): void {
    const name = /^event: (.*)$/m.exec(event)?.[1];
    const data = /^data: (.*)$/m.exec(event)?.[1];
    if (data === undefined) {
      pings += 1;
      void post({ type: 'ping', ref: `ping ${pings}` });
    } else if (name === 'open') {
      // Our own server's: a name that it told.
      stream = (JSON.parse(data) as { stream: string }).stream;
      ears.opened();
    } else if (name !== 'close') ears.heard(data);
  }

  function drop(): void {
    asking.destroy();
    answer?.destroy();
  }

  asking.once('response', (response) => {
    clearTimeout(late);
    answer = response;
    if (response.statusCode !== 200) drop();
    let text = '';
    response.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) take(event);
    });
    response.on('error', () => {});
    response.once('close', end);
  });
  asking.on('error', end);
  asking.end();
  return {
    isOpen: () => stream !== '' && !ended,
    send: (frame) => void post(frame),
    pause(ms) {
      answer?.pause();
      setTimeout(() => answer?.resume(), ms);
    },
    drop,
  };
}
