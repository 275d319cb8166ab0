import type { AckFrame, Cursor, DownFrame, ErrorFrame, StreamClose, UpFrame, WelcomeFrame } from '@rill/protocol';
import { until } from '@rill/harness';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';

type WithoutRef<Frame> = Frame extends unknown ? Omit<Frame, 'ref'> : never;

/** One live connection over an event stream, as bytes on plain http. */
export interface EventStream {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly response: IncomingMessage;
  /** The name that frames bear; empty where none was told. */
  readonly id: string;
  /** Every frame that came, in order. */
  readonly seen: readonly DownFrame[];
  readonly comments: () => number;
  /** What an answer other than a stream said. */
  readonly body: () => string;
  /** Posts frames as they are; answers with the status. */
  post(frames: readonly unknown[], headers?: Record<string, string>, url?: string): Promise<number>;
  ask(frame: WithoutRef<UpFrame>): Promise<AckFrame | ErrorFrame | WelcomeFrame>;
  take(match: (frame: DownFrame) => boolean): Promise<DownFrame>;
  hello(rooms?: Record<string, Cursor>): Promise<WelcomeFrame>;
  /** The `close` event, or undefined where the stream broke without one. */
  readonly closed: Promise<StreamClose | undefined>;
  end(): void;
}

/** Opens a stream; nothing is said on it yet. */
export async function openStream(url: string, headers: Record<string, string>): Promise<EventStream> {
  const seen: DownFrame[] = [];
  let [text, comments, id, refs] = ['', 0, '', 0];
  let last: StreamClose | undefined;
  const asking: ClientRequest = request(`${url}/api/v1/live/events`, { headers, agent: false });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    asking.once('response', resolve).once('error', reject).end();
  });
  asking.on('error', () => {});
  response.on('error', () => {});
  const isStream = response.headers['content-type']?.startsWith('text/event-stream') === true;
  const take = (event: string) => {
    const name = /^event: (.*)$/m.exec(event)?.[1];
    const data = /^data: (.*)$/m.exec(event)?.[1];
    if (data === undefined) comments += 1;
    else if (name === 'open') id = (JSON.parse(data) as { stream: string }).stream;
    else if (name === 'close') last = JSON.parse(data) as StreamClose;
    else seen.push(JSON.parse(data) as DownFrame);
  };
  response.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    if (!isStream) return;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) take(event);
  });
  const closed = new Promise<StreamClose | undefined>((resolve) => {
    response.once('close', () => resolve(last));
  });
  const self: EventStream = {
    status: response.statusCode ?? 0,
    headers: response.headers,
    response,
    get id() {
      return id;
    },
    seen,
    closed,
    comments: () => comments,
    body: () => text,
    async post(frames, more = {}, at = url) {
      const answer = await fetch(`${at}/api/v1/live/frames`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', ...more },
        body: JSON.stringify({ stream: id, frames }),
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    async take(match) {
      await until('a frame', () => seen.some(match));
      const [found] = seen.filter(match);
      if (found === undefined) throw new Error('it was there');
      return found;
    },
    async ask(frame) {
      refs += 1;
      const ref = `r${refs}`;
      await self.post([{ ...frame, ref }]);
      // Only these three bear a ref.
      return (await self.take((each) => 'ref' in each && each.ref === ref)) as AckFrame | ErrorFrame | WelcomeFrame;
    },
    async hello(rooms) {
      const answer = await self.ask({ type: 'hello', ...(rooms === undefined ? {} : { rooms }) });
      if (answer.type !== 'welcome') throw new Error(`hello was answered with ${JSON.stringify(answer)}`);
      return answer;
    },
    end: () => response.destroy(),
  };
  if (isStream) await until('the name of the stream', () => id !== '');
  else await closed;
  return self;
}
