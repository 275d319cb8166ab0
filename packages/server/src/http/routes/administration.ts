import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  AuditQuerySchema,
  AuditSchema,
  InviteBodySchema,
  InviteIdSchema,
  InvitesSchema,
  NewInviteSchema,
  SettingsChangeSchema,
  SettingsSchema,
} from '@rill/protocol';
import { Type } from 'typebox';
import type { Administration } from '../../domain/administration.ts';
import type { Credentials } from '../credentials.ts';
import { CHANGING, SIGNED_IN } from '../fails.ts';

const tags = ['administration'];
const READING = [...SIGNED_IN, 'forbidden'] as const;
const ACTING = [...SIGNED_IN, ...CHANGING, 'forbidden'] as const;

/** Invites, settings and the audit log: for the owner and the admins of the server. */
export const administrationRoutes =
  (administration: Administration, credentials: Credentials): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/invites',
      {
        config: { fails: READING },
        schema: { operationId: 'invites', summary: 'The invites there are', tags, response: { 200: InvitesSchema } },
      },
      async ({ who }) => ({ invites: await administration.invites(who) }),
    );

    app.post(
      '/invites',
      {
        config: { fails: ACTING, bodyOptional: true },
        schema: {
          operationId: 'makeInvite',
          summary: 'Make an invite',
          description: 'Its code is shown only here. It is good as long as its maker is the owner or an admin.',
          tags,
          body: InviteBodySchema,
          response: { 201: NewInviteSchema },
        },
      },
      async (request, reply) => {
        const { who, body } = request;
        return reply.code(201).send(await administration.makeInvite(who, body, credentials.linkTo(request)));
      },
    );

    app.delete(
      '/invites/:invite',
      {
        config: { fails: [...ACTING, 'not_found'] },
        schema: {
          operationId: 'revokeInvite',
          summary: 'Withdraw an invite',
          tags,
          params: Type.Object({ invite: InviteIdSchema }, { additionalProperties: false }),
          response: { 204: Type.Null({ description: 'Withdrawn.' }) },
        },
      },
      async ({ who, params }, reply) => {
        await administration.revokeInvite(who, params.invite);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/settings',
      {
        config: { fails: READING },
        schema: {
          operationId: 'settings',
          summary: 'What administrators may change while the server runs',
          tags,
          response: { 200: SettingsSchema },
        },
      },
      async ({ who }) => administration.settings(who),
    );

    app.patch(
      '/settings',
      {
        config: { fails: [...ACTING, 'display_name_invalid'] },
        schema: {
          operationId: 'changeSettings',
          summary: 'Change settings',
          description: 'What the environment decides cannot be changed here; `fixed` names it.',
          tags,
          body: SettingsChangeSchema,
          response: { 200: SettingsSchema },
        },
      },
      async ({ who, body }) => administration.changeSettings(who, body),
    );

    app.get(
      '/audit',
      {
        config: { fails: READING },
        schema: {
          operationId: 'audit',
          summary: 'What administrators did, newest first',
          tags,
          querystring: AuditQuerySchema,
          response: { 200: AuditSchema },
        },
      },
      async ({ who, query }) => administration.audit(who, query),
    );
  };
