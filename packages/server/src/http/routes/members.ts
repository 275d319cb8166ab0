import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ListedMemberSchema, MemberChangeSchema, MembersQuerySchema, MembersSchema } from '@rill/protocol';
import { Type } from 'typebox';
import type { Members } from '../../domain/members.ts';
import { CHANGING, IN_ROOM } from '../fails.ts';
import { MemberParams, named, RoomParams } from '../params.ts';

const tags = ['members'];

/** Who is in a room: the list, joining and adding, roles, leaving and removing. */
export const memberRoutes =
  (members: Members): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/rooms/:room/members',
      {
        config: { fails: IN_ROOM },
        schema: {
          operationId: 'members',
          summary: 'The members of a room',
          tags,
          params: RoomParams,
          querystring: MembersQuerySchema,
          response: { 200: MembersSchema },
        },
      },
      async ({ who, params, query }) => members.list(who, params.room, query),
    );

    app.put(
      '/rooms/:room/members/:user',
      {
        config: {
          fails: [...IN_ROOM, ...CHANGING, 'forbidden', 'direct_fixed', 'room_archived', 'room_full', 'too_many_rooms'],
        },
        schema: {
          operationId: 'putMember',
          summary: 'Join an open room, or add somebody to a room',
          description: 'Who is a member already is answered with 200.',
          tags,
          params: MemberParams,
          response: { 200: ListedMemberSchema, 201: ListedMemberSchema },
        },
      },
      async ({ who, params }, reply) => {
        const { member, made } = await members.put(who, params.room, named(params.user, who));
        if (made) reply.code(201);
        return member;
      },
    );

    app.patch(
      '/rooms/:room/members/:user',
      {
        config: { fails: [...IN_ROOM, ...CHANGING, 'forbidden', 'direct_fixed', 'last_owner', 'moved_on'] },
        schema: {
          operationId: 'changeMember',
          summary: 'Change the role of a member, or what of a room is my own',
          tags,
          params: MemberParams,
          body: MemberChangeSchema,
          response: { 200: ListedMemberSchema },
        },
      },
      async ({ who, params, body }) => members.change(who, params.room, named(params.user, who), body),
    );

    app.delete(
      '/rooms/:room/members/:user',
      {
        config: { fails: [...IN_ROOM, ...CHANGING, 'forbidden', 'direct_fixed', 'last_owner'] },
        schema: {
          operationId: 'endMember',
          summary: 'Leave a room, or remove somebody from it',
          tags,
          params: MemberParams,
          response: { 204: Type.Null({ description: 'Left, or removed.' }) },
        },
      },
      async ({ who, params }, reply) => {
        await members.end(who, params.room, named(params.user, who));
        return reply.code(204).send(null);
      },
    );
  };
