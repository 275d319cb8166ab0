import { FRAMES_PER_REQUEST, type FramesBody, FramesBodySchema, StreamIdSchema } from '@rill/protocol';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Refusal } from '../domain/refusal.ts';
import type { FrameRelay } from '../store/frame-relay.ts';
import type { Admission } from './admission.ts';
import type { Carrier } from './carrier.ts';
import type { Connection } from './connection.ts';
import { EventStreamCarrier } from './event-stream.ts';
import { Streams } from './streams.ts';

export interface EventStreamParts {
  readonly admission: Admission;
  readonly relay: FrameRelay;
  /** The token of the session a request carries; refuses pages that may not listen. */
  readonly listener: (request: FastifyRequest) => string | undefined;
  readonly connect: (carrier: Carrier, from: { credential: string | undefined; address: string }) => Connection;
}

/** Nobody in between keeps, changes or holds back what comes. */
const STREAMED = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, private, no-transform',
  'x-accel-buffering': 'no',
} as const;

const STREAM_DESCRIPTION = `For networks that forbid WebSockets. The first event is \`open\`, with the stream's name; then
each frame down is the data of an event without a type; the last event is \`close\`, with a code and a reason as sockets
have them. Frames up, the first of them \`hello\`, go to \`/live/frames\`. To a comment the answer is a \`ping\` frame.`;

const tags = ['live'];

/** Frames one by one are judged where they are on a socket too, with an answer for each. */
const looseBody = Compile(
  Type.Object(
    { stream: StreamIdSchema, frames: Type.Array(Type.Unknown(), { minItems: 1, maxItems: FRAMES_PER_REQUEST }) },
    { additionalProperties: false },
  ),
);

/** `GET /live/events` and `POST /live/frames`: a connection where a network forbids WebSockets. */
export function createEventStreams(parts: EventStreamParts): FastifyPluginAsync {
  const streams = new Streams(parts.relay);

  function open(request: FastifyRequest, reply: FastifyReply, token: string): void {
    const { raw: response } = reply;
    parts.admission.admit(request.ip);
    reply.hijack();
    // It was gone before it could be answered.
    if (response.destroyed) return parts.admission.settled(request.ip);
    response.on('error', () => {});
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) response.setHeader(name, value);
    }
    response.writeHead(200, STREAMED);
    const id = streams.newId();
    const carrier = new EventStreamCarrier(response, { stream: id });
    const connection = parts.connect(carrier, { credential: token, address: request.ip });
    streams.add(id, { session: request.who.session, token, carrier, connection });
    response.once('close', () => {
      streams.drop(id);
      connection.ended();
    });
  }

  return async (app) => {
    app.addHook('onClose', () => streams.stop());

    app.get(
      '/live/events',
      {
        // Nothing that ends at its headers is a stream.
        exposeHeadRoute: false,
        config: { lasting: true, fails: ['unauthenticated', 'origin_refused', 'too_many_sockets', 'unavailable'] },
        schema: {
          operationId: 'liveEvents',
          summary: 'Events as they happen, as an event stream',
          description: STREAM_DESCRIPTION,
          tags,
          response: {
            200: {
              description: 'The stream; it ends when the connection is closed.',
              content: { 'text/event-stream': { schema: Type.String() } },
            },
          },
        },
      },
      async (request, reply) => {
        const token = parts.listener(request);
        if (token === undefined) throw new Refusal('unauthenticated');
        await streams.listen();
        open(request, reply, token);
      },
    );

    app.post<{ Body: FramesBody }>(
      '/live/frames',
      {
        config: {
          fails: [
            ...(['unauthenticated', 'origin_refused', 'unavailable', 'outcome_unknown', 'stream_ended'] as const),
            ...(['malformed_json', 'malformed_unicode', 'duplicate_key', 'too_deep'] as const),
            ...(['body_too_large', 'unsupported_media_type'] as const),
          ],
        },
        validatorCompiler: () => (value: unknown) =>
          looseBody.Check(value) ? { value } : { error: looseBody.Errors(value) },
        schema: {
          operationId: 'liveFrames',
          summary: 'Frames for my open event stream',
          description:
            'They are done in their order, and answered on the stream. One request at a time keeps the order.',
          tags,
          body: FramesBodySchema,
          response: { 202: Type.Null({ description: 'Taken; the answers come on the stream.' }) },
        },
      },
      async ({ who, body }, reply) => {
        await streams.hand(who.session, body);
        return reply.code(202).send(null);
      },
    );
  };
}
