import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  OpenRoomSchema,
  OpenRoomsSchema,
  ReadBodySchema,
  ReadMarkSchema,
  RoomBodySchema,
  RoomChangeSchema,
  RoomSchema,
  RoomsQuerySchema,
  RoomsSchema,
} from '@rill/protocol';
import { Type } from 'typebox';
import { Refusal } from '../../domain/refusal.ts';
import type { Rooms } from '../../domain/rooms.ts';
import { CHANGING, IN_ROOM, SIGNED_IN } from '../fails.ts';
import { RoomParams } from '../params.ts';

const tags = ['rooms'];

/** Rooms: one's own, those one may join, one of them, and what changes them. */
export const roomRoutes =
  (rooms: Rooms): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/rooms',
      {
        config: { fails: SIGNED_IN },
        schema: {
          operationId: 'rooms',
          summary: 'My rooms, or the open rooms there are',
          description:
            'Without a scope, or with `mine`: all of mine, latest activity first. `open`: a page of open rooms.',
          tags,
          querystring: RoomsQuerySchema,
          response: { 200: Type.Union([RoomsSchema, OpenRoomsSchema]) },
        },
      },
      async ({ who, query }) => {
        if (query.scope === 'open') return rooms.open(who, query);
        if (query.after !== undefined || query.q !== undefined || query.limit !== undefined) {
          throw new Refusal('bad_request', { detail: 'after, q and limit go with scope=open.' });
        }
        return { rooms: await rooms.list(who) };
      },
    );

    app.post(
      '/rooms',
      {
        config: {
          fails: [...SIGNED_IN, ...CHANGING, 'not_found', 'forbidden', 'too_many_rooms', 'room_full', 'nonce_reused'],
        },
        schema: {
          operationId: 'makeRoom',
          summary: 'Make a room',
          description:
            'A direct room is made once for the same people, every other once for the same nonce: asked for again, it is answered with 200.',
          tags,
          body: RoomBodySchema,
          response: { 200: RoomSchema, 201: RoomSchema },
        },
      },
      async ({ who, body }, reply) => {
        const { room, made } = await rooms.create(who, body);
        if (made) reply.code(201).header('location', `/api/v1/rooms/${room.id}`);
        return room;
      },
    );

    app.get(
      '/rooms/:room',
      {
        config: { fails: IN_ROOM },
        schema: {
          operationId: 'room',
          summary: 'A room of mine',
          tags,
          params: RoomParams,
          response: { 200: RoomSchema },
        },
      },
      async ({ who, params }) => rooms.one(who, params.room),
    );

    app.get(
      '/rooms/:room/card',
      {
        config: { fails: IN_ROOM },
        schema: {
          operationId: 'openRoom',
          summary: 'An open room, as whoever may join it sees it',
          description: 'Rooms that are closed or archived are answered with 404, like those that do not exist.',
          tags,
          params: RoomParams,
          response: { 200: OpenRoomSchema },
        },
      },
      async ({ who, params }) => rooms.card(who, params.room),
    );

    app.patch(
      '/rooms/:room',
      {
        config: {
          fails: [...IN_ROOM, ...CHANGING, 'forbidden', 'moved_on', 'room_archived', 'direct_fixed'],
        },
        schema: {
          operationId: 'changeRoom',
          summary: 'Rename, describe, archive or restore a room, or set its policies',
          tags,
          params: RoomParams,
          body: RoomChangeSchema,
          response: { 200: RoomSchema },
        },
      },
      async ({ who, params, body }) => rooms.change(who, params.room, body),
    );

    app.put(
      '/rooms/:room/read',
      {
        config: { fails: [...IN_ROOM, ...CHANGING] },
        schema: {
          operationId: 'read',
          summary: 'I have read up to here',
          description: 'A mark never goes back: an older one is answered with the newer that stands.',
          tags,
          params: RoomParams,
          body: ReadBodySchema,
          response: { 200: ReadMarkSchema },
        },
      },
      async ({ who, params, body }) => rooms.read(who, params.room, body.seq),
    );
  };
