import type { RoomId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { Store } from '../store.ts';
import type { Transport } from '../transport.ts';
import type { TabPort } from '../transport/port.ts';
import type { Way } from '../transport/ways.ts';
import type { Administration } from './administration.ts';
import type { LiveConnection } from './connection.ts';
import type { LiveOutbox } from './outbox.ts';
import type { LivePeople } from './people.ts';
import type { LiveRoom } from './room.ts';
import type { LiveRooms } from './rooms.ts';
import type { LiveServer } from './server.ts';
import type { LiveSession } from './session.ts';

export interface ClientOptions {
  /** Where the server is: `https://chat.example.org`. In a page of the server itself: `location.origin`. */
  readonly url: string;
  /** A session's token; without one, and in a browser, the cookie says who it is. */
  readonly token?: string;
  /** How a sign-in is kept. Default: `cookie` where there is a `document`, `token` elsewhere. */
  readonly auth?: 'cookie' | 'token';
  /** What the device keeps. Default: nothing. */
  readonly store?: Store;
  readonly transport?: Transport;
  /** How the line is kept. Default: a WebSocket, or an event stream where a network forbids WebSockets. */
  readonly way?: Way;
  /** The tab's end of a switchboard, where one WebSocket serves all tabs of a browser. Only with a cookie. */
  readonly share?: () => Promise<TabPort | undefined>;
  readonly clock?: Clock;
  /** 0 ≤ random() < 1, for jitter. */
  readonly random?: () => number;
  /** At most so many messages of a room are held in memory. Default 2,000. */
  readonly loaded?: number;
}

/** A chat server as one program uses it. */
export interface Client {
  readonly server: LiveServer;
  readonly session: LiveSession;
  readonly connection: LiveConnection;
  readonly rooms: LiveRooms;
  readonly people: LivePeople;
  readonly outbox: LiveOutbox;
  readonly administration: Administration;
  /** The room with this id, the same object each time. */
  room(id: RoomId): LiveRoom;
  /** Reads what the device keeps, finds out who is signed in, connects. Resolves when `session` is known. */
  start(): Promise<void>;
  /** Ends the line, waits for what is being written to the device. Nobody is signed out. */
  close(): Promise<void>;
}
