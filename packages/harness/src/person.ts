import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cursor, Message, Nonce, Page, Room, RoomBody, RoomId, SessionId, SignedIn, UserId } from '@rill/protocol';
import { type Line, openLine } from './line.ts';

/** What a request came back with; the body as it is, JSON or text, and none of a stream of events. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look at bodies of every shape.
  readonly body: unknown;
}

/** Somebody with an account, signed in by a token. */
export interface Person {
  readonly id: UserId;
  readonly username: string;
  readonly password: string;
  readonly token: string;
  readonly session: SessionId;
  readonly url: string;
  /** Any request of the API: `ask('GET', '/rooms')`. */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  /** The same, where anything but 2xx is a failure; the body is taken to be what the caller says. */
  get<Body>(path: string): Promise<Body>;
  post<Body>(path: string, body?: unknown): Promise<Body>;
  put<Body>(path: string, body?: unknown): Promise<Body>;
  patch<Body>(path: string, body?: unknown): Promise<Body>;
  delete(path: string): Promise<void>;
  makeRoom(body?: Partial<RoomBody>): Promise<Room>;
  say(room: RoomId, text: string, nonce?: Nonce): Promise<Message>;
  page(room: RoomId, query?: string): Promise<Page>;
  /** A socket that has said hello. */
  live(rooms?: Record<string, Cursor>): Promise<Line>;
  /** The same person over another node. */
  at(url: string): Person;
  /** The same person signed in once more. */
  again(): Promise<Person>;
}

export const PASSWORD = 'correct horse battery staple';

/** A nonce nobody has used. */
export function newNonce(): Nonce {
  return randomBytes(12).toString('base64url') as Nonce;
}

/** A request without a session, or with the one given. */
export async function ask(url: string, method: string, path: string, body?: unknown, token?: string): Promise<Answer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const type = response.headers.get('content-type') ?? '';
  // A stream has no end to wait for.
  if (type.startsWith('text/event-stream')) {
    await response.body?.cancel();
    return { status: response.status, headers: response.headers, body: '' };
  }
  const text = await response.text();
  const json = type.includes('json');
  return { status: response.status, headers: response.headers, body: json ? (JSON.parse(text) as unknown) : text };
}

export interface Registering {
  readonly username?: string;
  readonly password?: string;
  readonly displayName?: string;
  /** The owner's code, or an invite's. */
  readonly code?: string;
}

/** Makes an account and signs in. */
export async function register(url: string, who: Registering = {}): Promise<Person> {
  const username = who.username ?? `user-${randomBytes(5).toString('hex')}`;
  const password = who.password ?? PASSWORD;
  const signedIn = await patiently<SignedIn>(() => ask(url, 'POST', '/register', { ...who, username, password }));
  return person(url, username, password, signedIn);
}

/** Signs in to an account there is. */
export async function signIn(url: string, username: string, password = PASSWORD): Promise<Person> {
  const signedIn = await patiently<SignedIn>(() => ask(url, 'POST', '/login', { username, password }));
  return person(url, username, password, signedIn);
}

/** A machine that runs many tests at once is `overloaded` for moments: asks again, as a client would. */
async function patiently<Body>(asking: () => Promise<Answer>): Promise<Body> {
  for (let left = 20; ; left -= 1) {
    const answer = await asking();
    if (answer.status !== 503 || left === 0) return done(Promise.resolve(answer));
    await sleep(500);
  }
}

async function done<Body>(answering: Promise<Answer>): Promise<Body> {
  const { status, body } = await answering;
  if (status < 200 || status > 299) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as Body;
}

function person(url: string, username: string, password: string, { user, session }: SignedIn): Person {
  const token = session.token ?? '';
  const mine = (method: string, path: string, body?: unknown) => ask(url, method, path, body, token);
  const self: Person = {
    id: user.id,
    username,
    password,
    token,
    session: session.id,
    url,
    ask: mine,
    get: (path) => done(mine('GET', path)),
    post: (path, body) => done(mine('POST', path, body)),
    put: (path, body) => done(mine('PUT', path, body)),
    patch: (path, body) => done(mine('PATCH', path, body)),
    delete: (path) => done(mine('DELETE', path)),
    makeRoom: (body = {}) => self.post<Room>('/rooms', { kind: 'closed', name: 'A room', ...body }),
    say: (room, text, nonce = newNonce()) => self.post<Message>(`/rooms/${room}/messages`, { nonce, text }),
    page: (room, query = '') => self.get<Page>(`/rooms/${room}/messages${query}`),
    async live(rooms) {
      const line = await openLine(url);
      await line.hello(token, rooms);
      return line;
    },
    at: (other) => person(other, username, password, { user, session }),
    again: () => signIn(url, username, password),
  };
  return self;
}
