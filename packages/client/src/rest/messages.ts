import type { Edits, Events, EventsQuery, Message, Page, PageQuery, RoomId } from '@rill/protocol';
import { at, type Rest } from '../rest.ts';

export type MessageCalls = ReturnType<typeof messageCalls>;

/** What is read of messages; what is done to them goes over the line, by the outbox. */
export const messageCalls = (rest: Rest) => ({
  page: (room: RoomId, query: PageQuery) => rest.call<Page>('GET', at(`/rooms/${room}/messages`, { ...query })),
  events: (room: RoomId, query: EventsQuery) => rest.call<Events>('GET', at(`/rooms/${room}/events`, { ...query })),
  one: (room: RoomId, seq: number) => rest.call<Message>('GET', `/rooms/${room}/messages/${seq}`),
  edits: (room: RoomId, seq: number) => rest.call<Edits>('GET', `/rooms/${room}/messages/${seq}/edits`),
});
