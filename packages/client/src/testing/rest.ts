import type { MemberChange, RegisterBody, RoomBody, Session, SessionId, User, UserId } from '@rill/protocol';
import { RillError } from '../error.ts';
import type { RestAnswer, RestRequest } from '../transport.ts';
import type { FakeRoom } from './room.ts';
import type { FakePerson, FakeServer } from './server.ts';

/** The cookie of one browser. */
export interface Jar {
  cookie: string | undefined;
}

/** One call: its time, its mischief, its answer. */
export async function restCall(server: FakeServer, jar: Jar, request: RestRequest): Promise<RestAnswer> {
  const wait = () => new Promise<void>((resolve) => server.clock.after(server.mischief.latency?.() ?? 1, resolve));
  await wait();
  server.heard.push(`${request.method} ${request.path}`);
  if (server.isDown) throw new TypeError('fetch failed');
  const fate = server.mischief.asked?.() ?? 'pass';
  if (fate === 'before') throw new TypeError('fetch failed');
  if (fate === 'refuse') return { status: 503, body: { code: 'unavailable' }, retryAfterMs: 50 };
  const answer = answerTo(server, jar, request);
  await wait();
  if (fate === 'after' || server.isDown) throw new TypeError('fetch failed');
  return answer;
}

function answerTo(server: FakeServer, jar: Jar, request: RestRequest): RestAnswer {
  try {
    const [status, body] = route(server, jar, request);
    return { status, body };
  } catch (error) {
    if (!(error instanceof RillError)) throw error;
    const { status, code, detail, retryAfterMs } = error;
    return { status, body: { type: 'about:blank', title: code, status, code, detail }, retryAfterMs };
  }
}

const LATER = '2099-01-01T00:00:00.000Z';

type Answer = readonly [status: number, body: unknown];

function route(server: FakeServer, jar: Jar, request: RestRequest): Answer {
  const url = new URL(request.path, 'http://fake');
  const [noun = '', id, part, which, act] = url.pathname.split('/').slice(1);
  const verb = `${request.method} ${noun}`;
  if (verb === 'GET server') return [200, server.info()];
  // Whoever asks may register here.
  if (verb === 'POST register' && id === 'check') return [204, undefined];
  if (verb === 'POST register' || verb === 'POST login') return signIn(server, jar, request.body as RegisterBody, noun);
  const person = server.who(request.token ?? jar.cookie);
  const user = person.me.id;
  switch (verb) {
    case 'POST logout':
      server.revoke(user, server.sessions.get(request.token ?? jar.cookie ?? '')?.id);
      jar.cookie = undefined;
      return [204, undefined];
    case 'GET sessions':
      return [200, { sessions: sessionsOf(server, user, request.token ?? jar.cookie) }];
    case 'DELETE sessions':
      server.revoke(user, id as SessionId);
      return [204, undefined];
    case 'GET me':
      return [200, server.me(person)];
    case 'PATCH me':
      Object.assign(person.me, request.body);
      server.tell(user, { kind: 'me.changed', me: server.me(person) });
      server.tellPresence(user);
      return [200, server.me(person)];
    case 'GET users':
      return [200, { users: find(server, url.searchParams) }];
    case 'GET rooms':
      if (id === undefined)
        return [
          200,
          url.searchParams.get('scope') === 'open'
            ? openRooms(server, user, url.searchParams.get('q') ?? '')
            : { rooms: server.roomsOf(user) },
        ];
      return inRoom(server, person, request, id, part, which, act, url.searchParams);
    case 'POST rooms':
    case 'PATCH rooms':
    case 'PUT rooms':
    case 'DELETE rooms':
      if (id === undefined) return create(server, person, request.body as RoomBody);
      return inRoom(server, person, request, id, part, which, act, url.searchParams);
    default:
      throw new RillError('not_found');
  }
}

function signIn(server: FakeServer, jar: Jar, body: RegisterBody, how: string): Answer {
  const known = [...server.people.values()].find(({ me }) => me.username === body.username);
  if (how === 'login' && known?.password !== body.password) throw new RillError('wrong_credentials');
  const person = how === 'login' && known !== undefined ? known : server.person(body.username, body.password);
  const token = how === 'login' ? server.signIn(person.me.id) : person.token;
  const isCookie = body.session === 'cookie';
  if (isCookie) jar.cookie = token;
  const id = server.sessions.get(token)?.id;
  const session = { id, expiresAt: LATER, ...(isCookie ? {} : { token }) };
  return [how === 'login' ? 200 : 201, { user: server.me(person), session }];
}

function sessionsOf(server: FakeServer, user: UserId, own: string | undefined): Session[] {
  return [...server.sessions]
    .filter(([, session]) => session.user === user)
    .map(([token, { id, at }]) => ({
      id,
      current: token === own,
      scopes: ['all'],
      createdAt: at,
      usedAt: at,
      expiresAt: LATER,
      address: '127.0.0.1',
      device: 'test',
    }));
}

function find(server: FakeServer, query: URLSearchParams): User[] {
  const ids = query.get('ids')?.split(',');
  const q = query.get('q')?.toLowerCase() ?? '';
  return [...server.people.keys()]
    .flatMap((id) => server.card(id) ?? [])
    .filter((card) => (ids === undefined ? card.username.toLowerCase().startsWith(q) : ids.includes(card.id)));
}

function openRooms(server: FakeServer, user: UserId, q: string) {
  const isFound = (room: FakeRoom) => room.kind === 'open' && room.name.toLowerCase().includes(q.toLowerCase());
  const rooms = [...server.rooms.values()].filter(isFound);
  return {
    rooms: rooms.map((room) => ({
      id: room.id,
      name: room.name,
      topic: room.topic,
      members: room.members.size,
      lastAt: room.at(),
      joined: room.members.has(user),
    })),
  };
}

function create(server: FakeServer, person: FakePerson, body: RoomBody): Answer {
  const others = (body.members ?? []).flatMap((id) => server.people.get(id) ?? []);
  const people = new Set([person, ...others].map(({ me }) => me.id));
  if (body.kind === 'direct') {
    const same = [...server.rooms.values()].find(
      (room) =>
        room.kind === 'direct' && room.members.size === people.size && [...people].every((id) => room.members.has(id)),
    );
    if (same !== undefined) return [200, server.view(same, person.me.id)];
  }
  const { nonce, ...settings } = body;
  const asked = nonce === undefined ? undefined : `${person.me.id} ${nonce}`;
  const before = asked === undefined ? undefined : server.asked.get(asked);
  if (before !== undefined) {
    if (before.body !== JSON.stringify(settings)) throw new RillError('nonce_reused');
    return [200, server.view(server.roomFor(before.room.id, person.me.id), person.me.id)];
  }
  const room = server.room(body, person, ...others);
  if (asked !== undefined) server.asked.set(asked, { room, body: JSON.stringify(settings) });
  return [201, server.view(room, person.me.id)];
}

function inRoom(
  server: FakeServer,
  person: FakePerson,
  request: RestRequest,
  id: string,
  part: string | undefined,
  which: string | undefined,
  act: string | undefined,
  query: URLSearchParams,
): Answer {
  const user = person.me.id;
  const named = which === 'me' ? user : (which as UserId | undefined);
  const number = (name: string) => (query.has(name) ? { [name]: Number(query.get(name)) } : {});
  const open = [...server.rooms.values()].find((room) => room.id === id && room.kind === 'open');
  const isJoining = request.method === 'PUT' && part === 'members' && named === user && open !== undefined;
  if (isJoining) {
    server.join(open, user, user);
    return [201, { user: server.card(user), role: 'member', joinedAt: open.at() }];
  }
  const room = server.roomFor(id, user);
  switch (`${request.method} ${part ?? ''}`) {
    case 'GET ':
      return [200, server.view(room, user)];
    case 'PATCH ': {
      const { name } = request.body as { name?: string };
      if (name !== undefined) server.change(room, () => room.rename(user, name));
      return [200, server.view(room, user)];
    }
    case 'GET messages':
      if (which === undefined) {
        const page = { ...number('before'), ...number('after'), ...number('around'), ...number('limit') };
        return [200, room.page(user, page)];
      }
      if (act === 'edits') return [200, { edits: room.edits.get(Number(which)) ?? [] }];
      return [200, room.sight(Number(which), user)];
    case 'GET events':
      return [200, room.events(user, Number(query.get('after')), query.get('epoch') ?? undefined)];
    case 'GET members': {
      const members = [...room.members].flatMap(([member, { role, joinedAt }]) => {
        const card = server.card(member);
        return card === undefined ? [] : [{ user: card, role, joinedAt }];
      });
      const q = query.get('q')?.toLowerCase() ?? '';
      const found = members.filter(({ user: { username, displayName } }) =>
        [username, displayName].some((name) => name.toLowerCase().startsWith(q)),
      );
      return [200, { members: found, count: members.length }];
    }
    case 'PUT members':
      if (named === undefined || !server.people.has(named)) throw new RillError('not_found');
      server.join(room, named, user);
      return [201, { user: server.card(named), role: 'member', joinedAt: room.at() }];
    case 'PATCH members': {
      const { role, involvement, listedFrom } = request.body as MemberChange;
      const member = named ?? user;
      if (role !== undefined) server.change(room, () => room.setRole(user, member, role));
      if (involvement !== undefined || listedFrom !== undefined) {
        const mine = room.member(user);
        mine.involvement = involvement ?? mine.involvement;
        mine.listedFrom = Math.min(listedFrom ?? mine.listedFrom, room.log.length + 1);
        server.tell(user, {
          kind: 'room.own',
          room: room.id,
          involvement: mine.involvement,
          listedFrom: mine.listedFrom,
        });
      }
      return [200, { user: server.card(member), role: room.member(member).role, joinedAt: room.at() }];
    }
    case 'DELETE members':
      server.leave(room, named ?? user, user);
      return [204, undefined];
    default:
      throw new RillError('not_found');
  }
}
