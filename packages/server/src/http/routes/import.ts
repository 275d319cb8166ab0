import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ImportBodySchema, ImportedCountSchema } from '@rill/protocol';
import { Refusal } from '../../domain/refusal.ts';
import type { Import } from '../../domain/import.ts';
import { CHANGING, IN_ROOM } from '../fails.ts';
import { RoomParams } from '../params.ts';

/** Only the owner may, and 500 long lines are more than one message. */
const BODY_BYTES = 4_194_304;

/** Brings messages from elsewhere, with their own writers' names and times. */
export const importRoutes =
  (bring: Import): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post(
      '/rooms/:room/import',
      {
        bodyLimit: BODY_BYTES,
        // Before a body of that size is read.
        preParsing: async ({ who }) => {
          if (who.role !== 'owner') throw new Refusal('forbidden');
        },
        config: { fails: [...IN_ROOM, ...CHANGING, 'forbidden', 'empty_text', 'text_too_long', 'nonce_reused'] },
        schema: {
          operationId: 'import',
          summary: 'Import messages, as the owner of the server',
          description:
            'In the order given, marked as imported. Lines whose nonce was stored before are counted, not stored again.',
          tags: ['administration'],
          params: RoomParams,
          body: ImportBodySchema,
          response: { 200: ImportedCountSchema },
        },
      },
      async ({ who, params, body }) => bring.import(who, params.room, body.messages),
    );
  };
