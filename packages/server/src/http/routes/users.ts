import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  ResetLinkSchema,
  UserChangeSchema,
  UserIdSchema,
  UserSchema,
  UsersQuerySchema,
  UsersSchema,
} from '@rill/protocol';
import { Type } from 'typebox';
import type { Accounts } from '../../domain/accounts.ts';
import type { Administration } from '../../domain/administration.ts';
import type { Credentials } from '../credentials.ts';
import { CHANGING, SIGNED_IN } from '../fails.ts';

const UserParams = Type.Object({ user: UserIdSchema }, { additionalProperties: false });

export interface UserRoutesParts {
  readonly accounts: Pick<Accounts, 'user' | 'find'>;
  readonly administration: Pick<Administration, 'changeUser' | 'resetLink'>;
  readonly credentials: Credentials;
}

/** Who is here, and what the owner and the admins do to others. */
export const userRoutes =
  ({ accounts, administration, credentials }: UserRoutesParts): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/users',
      {
        config: { fails: SIGNED_IN },
        schema: {
          operationId: 'users',
          summary: 'Users by ids, by part of a name, or all in order of their names',
          tags: ['accounts'],
          querystring: UsersQuerySchema,
          response: { 200: UsersSchema },
        },
      },
      async ({ who, query }) => accounts.find(who, query),
    );

    app.get(
      '/users/:user',
      {
        config: { fails: [...SIGNED_IN, 'not_found'] },
        schema: {
          operationId: 'user',
          summary: 'A user',
          tags: ['accounts'],
          params: UserParams,
          response: { 200: UserSchema },
        },
      },
      async ({ who, params }) => accounts.user(who, params.user),
    );

    app.patch(
      '/users/:user',
      {
        config: { fails: [...SIGNED_IN, ...CHANGING, 'forbidden', 'not_found'] },
        schema: {
          operationId: 'changeUser',
          summary: 'Disable or enable a user, or change the role on the server',
          description:
            'Only of users of a lower role than one’s own, and to a lower one: the owner makes admins, nobody changes the owner. A disabled user’s sessions end at once.',
          tags: ['administration'],
          params: UserParams,
          body: UserChangeSchema,
          response: { 200: UserSchema },
        },
      },
      async ({ who, params, body }) => administration.changeUser(who, params.user, body),
    );

    app.post(
      '/users/:user/reset-link',
      {
        config: { fails: [...SIGNED_IN, ...CHANGING, 'forbidden', 'not_found'], bodyOptional: true },
        schema: {
          operationId: 'makeResetLink',
          summary: 'Make a one-time link by which a user sets a new password',
          description: 'It is shown only here; a link made before for the same user dies.',
          tags: ['administration'],
          params: UserParams,
          response: { 201: ResetLinkSchema },
        },
      },
      async (request, reply) => {
        const link = await administration.resetLink(request.who, request.params.user, credentials.linkTo(request));
        return reply.code(201).send(link);
      },
    );
  };
