export type { Administration } from './api/administration.ts';
export type { Client, ClientOptions } from './api/client.ts';
export type { ConnectionState, LiveConnection } from './api/connection.ts';
export type { Living } from './api/living.ts';
export type { LiveOutbox, OutboxItem, OutboxState } from './api/outbox.ts';
export type { LivePeople, PeopleState } from './api/people.ts';
export type { LiveRoom, RoomMembers, RoomState } from './api/room.ts';
export type { LiveRooms, RoomsState } from './api/rooms.ts';
export type { LiveServer } from './api/server.ts';
export type { LiveSession, SessionState } from './api/session.ts';
export type {
  Edge,
  LiveTimeline,
  MessageItem,
  PendingAct,
  PendingItem,
  TimelineItem,
  TimelineState,
} from './api/timeline.ts';
export { createClient } from './client.ts';
export { memoryStore } from './stores/memory.ts';
export { type Clock, systemClock } from './clock.ts';
export { type FailureCode, type FieldError, RillError } from './error.ts';
export type { Asked, Changes, Kept, KeptEntry, KeptFailure, KeptTail, Store } from './store.ts';
export type { BoardMessage, BoardPort, Port, TabMessage, TabPort } from './transport/port.ts';
export type { Way } from './transport/ways.ts';
export type { Line, LineListener, RestAnswer, RestRequest, Transport } from './transport.ts';
