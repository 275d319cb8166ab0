import type { IncomingMessage } from 'node:http';
import { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Limits } from '@rill/protocol';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { WebSocketServer } from 'ws';
import { Refusal } from '../domain/refusal.ts';
import type { Admission } from './admission.ts';
import type { Carrier } from './carrier.ts';
import { CLOSE_MS } from './closing.ts';
import type { Connection } from './connection.ts';
import { carry } from './websocket.ts';

/** Whatever comes in more pieces than this is no message of a chat. */
const FRAGMENTS = 64;
const CHUNKS = 4_096;
const KEY = /^[+/0-9A-Za-z]{22}==$/;
const NAMES = /^[\w!#$%&'*+.^`|~-]+(?:\s*,\s*[\w!#$%&'*+.^`|~-]+)*$/;

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

interface Upgrade {
  readonly socket: Socket;
  readonly head: Buffer;
  readonly response: ServerResponse;
}

/**
 * `GET /live`. Every upgrade, wherever it goes, first passes through the app like any request, so that it is refused
 * with a problem and its socket is closed behind that; what is left becomes a connection.
 */
export function createGateway(parts: GatewayParts): FastifyPluginAsync {
  return async (app) => {
    const upgrades = new WeakMap<IncomingMessage, Upgrade>();
    // Newer than their types: closeTimeout, maxFragments, maxBufferedChunks.
    const options = {
      noServer: true,
      maxPayload: parts.limits.bodyBytes,
      maxFragments: FRAGMENTS,
      maxBufferedChunks: CHUNKS,
      perMessageDeflate: false,
      clientTracking: false,
      closeTimeout: CLOSE_MS,
      // Counted first: a flood of pings gets no flood of pongs.
      autoPong: false,
      handleProtocols: () => false as const,
    };
    const webSockets = new WebSocketServer(options);

    function onUpgrade(raw: IncomingMessage, duplex: Duplex, head: Buffer): void {
      // Node's server hands over TCP sockets.
      const socket = duplex as Socket;
      socket.on('error', destroy);
      const response = new ServerResponse(raw);
      response.assignSocket(socket);
      response.once('finish', () => socket.destroySoon());
      upgrades.set(raw, { socket, head, response });
      app.routing(raw, response);
    }
    app.server.on('upgrade', onUpgrade);
    app.addHook('preClose', async () => {
      await parts.drain();
      app.server.off('upgrade', onUpgrade);
      webSockets.close();
    });

    app.get('/live', { schema: { hide: true }, config: { public: true } }, (request, reply) => {
      const upgrade = upgrades.get(request.raw);
      checkUpgrade(request, reply, upgrade);
      const from = { credential: parts.credential(request), address: request.ip };
      parts.admission.admit(from.address);
      reply.hijack();
      let carried = false;
      const { socket, head, response } = upgrade;
      response.detachSocket(socket);
      webSockets.handleUpgrade(request.raw, socket, head, (webSocket) => {
        carried = true;
        socket.off('error', destroy);
        carry(webSocket, socket, (carrier) => parts.connect(carrier, from));
      });
      // It was gone before it could be answered.
      if (!carried) parts.admission.settled(from.address);
    });
  };
}

function destroy(this: Socket): void {
  this.destroy();
}

/** What RFC 6455 asks of a handshake, refused while a plain answer can still be given. */
function checkUpgrade(
  { raw, headers }: FastifyRequest,
  reply: FastifyReply,
  upgrade: Upgrade | undefined,
): asserts upgrade is Upgrade {
  const version = headers['sec-websocket-version'];
  if (upgrade === undefined || raw.httpVersion !== '1.1' || headers.upgrade?.toLowerCase() !== 'websocket') {
    reply.header('upgrade', 'websocket');
    throw new Refusal('upgrade_required');
  }
  if (version !== '13') {
    reply.header('sec-websocket-version', '13');
    throw new Refusal('upgrade_required');
  }
  if (!KEY.test(headers['sec-websocket-key'] ?? '')) {
    throw new Refusal('bad_request', { detail: 'Sec-WebSocket-Key is 16 bytes in base64.' });
  }
  const protocols = headers['sec-websocket-protocol'];
  if (protocols === undefined) return;
  const names = protocols.split(',').map((name) => name.trim());
  if (!NAMES.test(protocols) || new Set(names).size < names.length) {
    throw new Refusal('bad_request', { detail: 'Sec-WebSocket-Protocol is not a list of names.' });
  }
}
