import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorCode } from '@rill/protocol';
import { PROBLEM_TYPE, problem } from '../problem.ts';

const CODES: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** Answers what never became a request: the parser refused it, or it did not arrive in time. */
export function answerClientError(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(rawProblem(CODES[error.code ?? ''] ?? 'bad_request'));
  socket.once('finish', () => socket.destroy());
}

/** What Node hands to listeners of the server rather than to routes. */
export function listenForOddRequests(server: Server): void {
  // Every header counts for framing.ts; dropping what is over a number would hide the rest of them.
  server.maxHeadersCount = 0;
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.end(rawProblem('method_not_allowed', ['Allow: GET']));
  });
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    // The body is asked for only when it is read: a refusal by its length or type comes first.
    request.once('resume', () => {
      if (!response.headersSent) response.writeContinue();
    });
    server.emit('request', request, response);
  });
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const { status, body } = problem('bad_request', { detail: 'Expect takes 100-continue and nothing else.' });
    const headers = { 'content-type': PROBLEM_TYPE, 'content-length': Buffer.byteLength(body), connection: 'close' };
    response.writeHead(status, headers).end(body);
  });
}

function rawProblem(code: ErrorCode, headers: readonly string[] = []): string {
  const { status, body } = problem(code);
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
