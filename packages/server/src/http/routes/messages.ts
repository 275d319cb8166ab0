import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  EditBodySchema,
  EditsSchema,
  EventsQuerySchema,
  EventsSchema,
  MessageSchema,
  PageQuerySchema,
  PageSchema,
  SendBodySchema,
} from '@rill/protocol';
import type { Messages } from '../../domain/messages.ts';
import { Refusal } from '../../domain/refusal.ts';
import { CHANGING, IN_ROOM } from '../fails.ts';
import { MessageParams, RoomParams } from '../params.ts';

const tags = ['messages'];

/** What is said in a room: pages of it, its feed, one message, sending and editing. */
export const messageRoutes =
  (messages: Messages): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/rooms/:room/messages',
      {
        config: { fails: IN_ROOM },
        schema: {
          operationId: 'page',
          summary: 'A page of history',
          description:
            'Ascending by seq, every seq of the stretch: one that says nothing is a tombstone, hidden or gone, so that an empty page is the end. Without before, after or around: the newest.',
          tags,
          params: RoomParams,
          querystring: PageQuerySchema,
          response: { 200: PageSchema },
        },
      },
      async ({ who, params, query }) => {
        if ([query.before, query.after, query.around].filter((each) => each !== undefined).length > 1) {
          throw new Refusal('bad_request', { detail: 'One of before, after and around at most.' });
        }
        return messages.page(who, params.room, query);
      },
    );

    app.get(
      '/rooms/:room/events',
      {
        config: { fails: [...IN_ROOM, 'cursor_too_old'] },
        schema: {
          operationId: 'events',
          summary: 'What happened after a rev',
          description: 'Without holes. A position that cannot be served whole is `cursor_too_old`: load the room anew.',
          tags,
          params: RoomParams,
          querystring: EventsQuerySchema,
          response: { 200: EventsSchema },
        },
      },
      async ({ who, params, query }) => messages.events(who, params.room, query),
    );

    app.post(
      '/rooms/:room/messages',
      {
        config: {
          fails: [...IN_ROOM, ...CHANGING, 'empty_text', 'text_too_long', 'nonce_reused', 'room_archived', 'muted'],
        },
        schema: {
          operationId: 'send',
          summary: 'Send a message',
          description: 'Sent again with the same nonce, it is answered with 200 and the message as it now is.',
          tags,
          params: RoomParams,
          body: SendBodySchema,
          response: { 200: MessageSchema, 201: MessageSchema },
        },
      },
      async ({ who, params, body }, reply) => {
        const { message, again } = await messages.send(who, params.room, body);
        if (!again) {
          reply.code(201).header('location', `/api/v1/rooms/${message.room}/messages/${message.seq}`);
        }
        return message;
      },
    );

    app.get(
      '/rooms/:room/messages/:seq',
      {
        config: { fails: IN_ROOM },
        schema: {
          operationId: 'message',
          summary: 'One message',
          tags,
          params: MessageParams,
          response: { 200: MessageSchema },
        },
      },
      async ({ who, params }) => messages.one(who, params.room, params.seq),
    );

    app.patch(
      '/rooms/:room/messages/:seq',
      {
        config: {
          fails: [
            ...IN_ROOM,
            ...CHANGING,
            'empty_text',
            'text_too_long',
            'not_author',
            'edit_closed',
            'too_many_edits',
            'message_gone',
            'moved_on',
            'room_archived',
          ],
        },
        schema: {
          operationId: 'edit',
          summary: 'Edit a message of mine',
          tags,
          params: MessageParams,
          body: EditBodySchema,
          response: { 200: MessageSchema },
        },
      },
      async ({ who, params, body }) => messages.edit(who, params.room, params.seq, body),
    );

    app.get(
      '/rooms/:room/messages/:seq/edits',
      {
        config: { fails: [...IN_ROOM, 'message_gone'] },
        schema: {
          operationId: 'edits',
          summary: 'Every version of a message, the original first',
          tags,
          params: MessageParams,
          response: { 200: EditsSchema },
        },
      },
      async ({ who, params }) => ({ edits: await messages.edits(who, params.room, params.seq) }),
    );
  };
