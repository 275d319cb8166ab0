import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Carrier } from './carrier.ts';
import type { Connection } from './connection.ts';

/**
 * Frames over a WebSocket. They are written to the TCP socket itself, prepared, several at once; the library reads,
 * answers pings and closes.
 */
export class WebSocketCarrier implements Carrier {
  readonly #webSocket: WebSocket;
  readonly sink: Socket;
  readonly encoding = 'webSocket';

  constructor(webSocket: WebSocket, socket: Socket) {
    this.#webSocket = webSocket;
    this.sink = socket;
  }

  close(code: number, reason: string): void {
    // Whoever does not read could not hear it.
    this.#webSocket.resume();
    this.#webSocket.close(code, reason);
  }

  terminate(): void {
    this.#webSocket.terminate();
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }

  ping(): void {
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#webSocket.ping();
  }
}

/** Joins a WebSocket to its connection. */
export function carry(webSocket: WebSocket, socket: Socket, connect: (carrier: Carrier) => Connection): void {
  const connection = connect(new WebSocketCarrier(webSocket, socket));
  webSocket.on('message', (data, isBinary) => {
    if (isBinary) connection.close('binary');
    else if (Buffer.isBuffer(data)) connection.receive(data);
  });
  webSocket.on('ping', (data) => {
    if (connection.beat()) webSocket.pong(data);
  });
  webSocket.on('pong', () => {
    connection.beat();
  });
  // A socket that breaks the protocol is closed by the library, with the code of RFC 6455.
  webSocket.on('error', () => {});
  webSocket.on('close', () => connection.ended());
}
