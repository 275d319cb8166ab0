import fastifyWebsocket from '@fastify/websocket';
import type { Limits } from '@rill/protocol';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { Refusal } from '../domain/refusal.ts';
import type { Admission } from './admission.ts';
import type { Carrier } from './carrier.ts';
import { CLOSE_MS } from './closing.ts';
import type { Connection } from './connection.ts';
import { WebSocketCarrier } from './websocket.ts';

/** Whatever comes in more pieces than this is no message of a chat. */
const FRAGMENTS = 64;
const CHUNKS = 4_096;
const KEY = /^[+/0-9A-Za-z]{22}==$/;
const TOKEN_LIST = /^[\w!#$%&'*+.^`|~-]+(?:\s*,\s*[\w!#$%&'*+.^`|~-]+)*$/;

export interface GatewayParts {
  readonly limits: Limits;
  readonly admission: Admission;
  /**
   * The token of the session that a request carries, if any. Refuses where the request comes from a page that may
   * not use it.
   */
  readonly credential: (request: FastifyRequest) => string | undefined;
  readonly connect: (carrier: Carrier, from: { credential: string | undefined; address: string }) => Connection;
  readonly drain: () => Promise<void>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What the upgrade's session token is, once it was checked. */
    liveCredential: string | undefined;
    /** Gives back the place among the sockets that have not said who they are. */
    liveRelease: (() => void) | undefined;
  }
}

/** `GET /live`: checks an upgrade before it is one, and hands the socket to a connection. */
export function createGateway(parts: GatewayParts): FastifyPluginAsync {
  return async (app) => {
    app.decorateRequest('liveCredential', undefined);
    app.decorateRequest('liveRelease', undefined);
    // Newer than their types: closeTimeout, maxFragments, maxBufferedChunks.
    const options = {
      maxPayload: parts.limits.bodyBytes,
      maxFragments: FRAGMENTS,
      maxBufferedChunks: CHUNKS,
      perMessageDeflate: false,
      clientTracking: false,
      closeTimeout: CLOSE_MS,
      handleProtocols: () => false as const,
    };
    await app.register(fastifyWebsocket, {
      options,
      // A socket that breaks the protocol is closed by the library with the code of RFC 6455.
      errorHandler: (error, socket, request) => {
        request.log.debug({ err: error }, 'socket');
        if (socket.readyState === socket.OPEN) socket.terminate();
      },
      preClose(done) {
        app.websocketServer.close();
        void parts.drain().finally(() => setImmediate(done));
      },
    });
    app.route({
      method: 'GET',
      url: '/live',
      // Who it is stands in the upgrade or in the first frame.
      config: { public: true },
      schema: { hide: true },
      preValidation: async (request, reply) => {
        if (!request.ws) {
          reply.header('upgrade', 'websocket').header('connection', 'upgrade');
          throw new Refusal('upgrade_required');
        }
        if (request.headers['sec-websocket-version'] !== '13') reply.header('sec-websocket-version', '13');
        checkUpgrade(request);
        request.liveCredential = parts.credential(request);
        admit(parts.admission, request);
      },
      handler: (_request, reply) => reply.callNotFound(),
      wsHandler: (socket, request) => attach(parts, socket, request),
    });
  };
}

/** What RFC 6455 asks of a handshake, refused while a plain answer can still be given. */
function checkUpgrade({ raw, headers }: FastifyRequest): void {
  if (raw.httpVersion !== '1.1' || headers.upgrade?.toLowerCase() !== 'websocket')
    throw new Refusal('upgrade_required');
  if (headers['sec-websocket-version'] !== '13') throw new Refusal('upgrade_required');
  if (!KEY.test(headers['sec-websocket-key'] ?? '')) {
    throw new Refusal('bad_request', { detail: 'Sec-WebSocket-Key is 16 bytes in base64.' });
  }
  const protocols = headers['sec-websocket-protocol'];
  if (protocols !== undefined && !TOKEN_LIST.test(protocols)) {
    throw new Refusal('bad_request', { detail: 'Sec-WebSocket-Protocol is not a list of names.' });
  }
}

/** Counts the socket until a connection takes it over, or until it is gone without ever having been one. */
function admit(admission: Admission, request: FastifyRequest): void {
  const { ip } = request;
  admission.admit(ip);
  const release = () => admission.settled(ip);
  request.liveRelease = release;
  request.raw.socket.once('close', release);
}

function attach(parts: GatewayParts, webSocket: WebSocket, request: FastifyRequest): void {
  const from = { credential: request.liveCredential, address: request.ip };
  const connection = parts.connect(new WebSocketCarrier(webSocket, request.raw.socket), from);
  if (request.liveRelease !== undefined) request.raw.socket.off('close', request.liveRelease);
  webSocket.on('message', (data, isBinary) => {
    if (isBinary) connection.close('binary');
    else if (Buffer.isBuffer(data)) connection.receive(data);
  });
  webSocket.on('ping', () => connection.beat());
  webSocket.on('pong', () => connection.beat());
  webSocket.on('close', () => connection.ended());
}
