import { setTimeout as sleep } from 'node:timers/promises';
import type { Limits, RoomId } from '@rill/protocol';
import type { FastifyBaseLogger, FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Accounts } from '../domain/accounts.ts';
import type { Messages } from '../domain/messages.ts';
import type { Rooms } from '../domain/rooms.ts';
import type { Sessions } from '../domain/sessions.ts';
import type { FrameRelay } from '../store/frame-relay.ts';
import type { RoomFeed } from '../store/room-feed.ts';
import type { LastSeen } from '../store/last-seen.ts';
import type { MemberStore } from '../store/members.ts';
import type { ServerLine } from '../store/server-line.ts';
import type { SignalStore } from '../store/signals.ts';
import type { UserLine } from '../store/user-line.ts';
import type { UserSockets } from '../store/user-sockets.ts';
import { createAdmission } from './admission.ts';
import { createCatchUp } from './catch-up.ts';
import { CLOSE_MS, FINISH_MS, SPREAD_MS } from './closing.ts';
import { Connection } from './connection.ts';
import { createEventStreams } from './event-streams.ts';
import { createFeedReads } from './feed-reads.ts';
import { createGateway, type GatewayParts } from './gateway.ts';
import { createHandle } from './handlers/handle.ts';
import { createHeartbeat } from './heartbeat.ts';
import { createHubs } from './hubs.ts';
import { Limiter } from './limiter.ts';
import { createPeople, type People } from './people.ts';
import { createPositions, type Link } from './positions.ts';
import { createSignals, type Signals } from './signals.ts';
import type { Signed } from './signed.ts';
import { createSocketCounts } from './socket-counts.ts';
import { Turn } from './turn.ts';

const LOOK_MS = 1_000;
const HELLOS_AT_ONCE = 64;

export interface LiveParts {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: FastifyBaseLogger;
  readonly accounts: Accounts;
  readonly messages: Messages;
  readonly rooms: Rooms;
  readonly sessions: Sessions;
  readonly feed: RoomFeed;
  readonly line: UserLine;
  /** The door to Redis, as far as it says whether the link that tells of events was heard. */
  readonly link: Link;
  /** Token of the session a request carries; refuses pages that may not use it. */
  readonly credential: (request: FastifyRequest) => string | undefined;
  /** The same of a request for an event stream. */
  readonly listener: (request: FastifyRequest) => string | undefined;
  readonly relay: FrameRelay;
  readonly signalStore: SignalStore;
  readonly lastSeen: LastSeen;
  readonly memberStore: Pick<MemberStore, 'among'>;
  readonly serverLine: ServerLine;
  readonly userSockets: UserSockets;
}

/** What goes on, for metrics. */
export interface LiveStats {
  readonly connections: number;
  readonly people: number;
  readonly rooms: number;
}

export interface Live {
  /** Registers `GET /live` and the way over event streams. */
  readonly plugin: FastifyPluginAsync;
  /** Lets frames that are being answered finish and sends everybody away, spread over the time to come back. */
  drain(): Promise<void>;
  stats(): LiveStats;
}

/** The sockets of this node. */
export function createLive(parts: LiveParts): Live {
  const { clock, limits, log, rooms, feed, line } = parts;
  const onFault = (error: unknown) => log.error({ err: error }, 'live');
  const connections = new Set<Connection>();
  /** Those that have not said who they are. */
  const unsettled = new Set<Connection>();
  const turn = new Turn(() => positions.mayWrite());
  const reads = createFeedReads(feed, limits.feedMax, () => clock.now());
  const catchUp = createCatchUp({ rooms, reads, onFault });
  const hubs = createHubs({
    ...{ clock, turn, rooms, feed, feedLimit: limits.feedMax, catchUp, onFault },
    onLeft: (room, user) => signals.left(room, user),
  });
  const people: People = createPeople({
    ...{ line, rooms, accounts: parts.accounts, hubs, onFault },
    onAsked: (user) => signals.asked(user),
  });
  const positions = createPositions({
    feed,
    line,
    hubs,
    link: parts.link,
    people: () => people,
    onReopened: () => turn.reopened(),
    onFault: (error) => log.info({ err: error }, 'positions not read; trying again'),
  });
  const signals: Signals = createSignals({
    ...{ clock, limits, line, hubs, people, onFault },
    store: parts.signalStore,
    lastSeen: parts.lastSeen,
    members: parts.memberStore,
    serverLine: parts.serverLine,
    mayWrite: () => positions.mayWrite(),
  });
  const socketCounts = createSocketCounts({ store: parts.userSockets, people, limits, clock });
  const admission = createAdmission(clock, limits);
  const handle = createHandle({
    ...parts,
    hubs,
    people,
    signals,
    socketCounts,
    hellos: new Limiter(HELLOS_AT_ONCE),
    onGone,
    onFault,
  });
  const heartbeat = createHeartbeat({ clock, limits, sessions: parts.sessions, connections, onFault });
  const timer = setInterval(() => {
    heartbeat();
    hubs.sweep();
  }, LOOK_MS);
  timer.unref();

  /** The hub takes a removed member's seat when the event passes. Where it lags behind the user's line, this is first. */
  function onGone(signed: Signed, room: RoomId): void {
    const hub = hubs.find(room);
    if (hub !== undefined && signed.hubs.includes(hub)) hub.leave(signed);
  }

  function onLeave(signed: Signed): void {
    signed.leaveRooms();
    people.leave(signed);
    socketCounts.leave(signed.user);
    signals.leave(signed);
  }

  function settle(connection: Connection): void {
    if (unsettled.delete(connection)) admission.settled(connection.address);
  }

  let drained: Promise<void> | undefined;
  async function drain(): Promise<void> {
    admission.stop();
    const until = Date.now() + FINISH_MS;
    while (Date.now() < until && [...connections].some((each) => each.busy > 0)) await sleep(20);
    for (const connection of connections) connection.close('restart', Math.random() * SPREAD_MS);
    const gone = Date.now() + CLOSE_MS;
    while (Date.now() < gone && connections.size > 0) await sleep(20);
    for (const connection of connections) connection.terminate();
    clearInterval(timer);
    positions.stop();
    signals.stop();
    socketCounts.stop();
  }

  const connect: GatewayParts['connect'] = (carrier, from) => {
    const connection = new Connection(carrier, from, {
      clock,
      limits,
      turn,
      handle: async (each, frame) => {
        await handle(each, frame);
        if (frame.type === 'hello') settle(each);
      },
      onLeave,
      onClosing: (each, name) => log.debug({ closing: name, address: each.address }, 'socket closes'),
      onEnd: (each) => {
        connections.delete(each);
        settle(each);
      },
    });
    connections.add(connection);
    unsettled.add(connection);
    return connection;
  };
  const sockets = createGateway({
    limits,
    admission,
    credential: parts.credential,
    connect,
    drain: () => (drained ??= drain()),
  });
  const eventStreams = createEventStreams({ admission, relay: parts.relay, listener: parts.listener, connect });

  return {
    async plugin(app) {
      await app.register(sockets);
      await app.register(eventStreams);
    },
    drain: () => (drained ??= drain()),
    stats: () => ({
      connections: connections.size,
      people: [...people.all()].length,
      rooms: [...hubs.all()].length,
    }),
  };
}
