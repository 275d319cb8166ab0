import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { MessageSchema, RemoveBodySchema } from '@rill/protocol';
import type { Messages } from '../../domain/messages.ts';
import { CHANGING, IN_ROOM } from '../fails.ts';
import { MessageParams } from '../params.ts';

const tags = ['messages'];

/** The three ways in which a message goes: recalled by its author, hidden by a reader, removed by a moderator. */
export const withdrawalRoutes =
  (messages: Pick<Messages, 'recall' | 'hide' | 'remove'>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post(
      '/rooms/:room/messages/:seq/recall',
      {
        config: { fails: [...IN_ROOM, ...CHANGING, 'not_author', 'recall_closed', 'message_gone'] },
        schema: {
          operationId: 'recall',
          summary: 'Recall (撤回) a message of mine, for everybody',
          description: 'Within the time its `recallUntil` told. Gives the tombstone.',
          tags,
          params: MessageParams,
          response: { 200: MessageSchema },
        },
      },
      async ({ who, params }) => messages.recall(who, params.room, params.seq),
    );

    app.post(
      '/rooms/:room/messages/:seq/hide',
      {
        config: { fails: [...IN_ROOM, ...CHANGING] },
        schema: {
          operationId: 'hide',
          summary: 'Hide a message from myself alone, on all my devices',
          tags,
          params: MessageParams,
          response: { 200: MessageSchema },
        },
      },
      async ({ who, params }) => messages.hide(who, params.room, params.seq),
    );

    app.post(
      '/rooms/:room/messages/:seq/remove',
      {
        config: { bodyOptional: true, fails: [...IN_ROOM, ...CHANGING, 'forbidden', 'message_gone'] },
        schema: {
          operationId: 'remove',
          summary: 'Take a message away for everybody, as an owner or admin of the room',
          description: 'At any time, with a reason if there is one. Gives the tombstone.',
          tags,
          params: MessageParams,
          body: RemoveBodySchema,
          response: { 200: MessageSchema },
        },
      },
      async ({ who, params, body }) => messages.remove(who, params.room, params.seq, body),
    );
  };
