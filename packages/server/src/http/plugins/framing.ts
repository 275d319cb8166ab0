import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../domain/refusal.ts';

const MAX_HEADERS = 100;

/** Of these Node keeps one or joins them silently; whichever a proxy in front kept may be the other. */
const SINGLE = new Set(['host', 'authorization', 'content-type', 'content-encoding', 'content-length', 'origin']);

const HOST = /^(?:[\w.~%!$&'()*+,;=-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

const JSON_TYPE = /^application\/json(?:; ?charset=(?:utf-8|"utf-8"))?$/i;

/** What a request must be before anybody looks at what it says: one reading of its headers, JSON, not compressed. */
export function framing(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    checkHeaders(request);
    checkHost(request);
    // The rest of such a connection is no HTTP, and so there is no body to read.
    if (isUpgrade(request) && request.method !== 'GET') throw new Refusal('bad_request');
  });
  app.addHook('preParsing', async (request) => checkBodyHeaders(request));
  app.addHook('onSend', async (request, reply) => {
    // Refused: the socket is closed behind the answer.
    if (isUpgrade(request)) reply.header('connection', 'close');
  });
}

/** Whether Node took the connection for more than HTTP, which its types do not tell. */
function isUpgrade({ raw }: { raw: FastifyRequest['raw'] & { upgrade?: boolean } }): boolean {
  return raw.upgrade === true;
}

function checkHeaders(request: FastifyRequest): void {
  const { rawHeaders } = request.raw;
  if (rawHeaders.length > 2 * MAX_HEADERS) throw new Refusal('headers_too_large');
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    if (!SINGLE.has(name)) continue;
    if (seen.has(name)) {
      throw new Refusal(name.startsWith('content-') ? 'unsupported_media_type' : 'bad_request', {
        detail: `The header ${name} stands twice.`,
      });
    }
    seen.add(name);
  }
  const coding = request.headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    throw new Refusal('bad_request', { detail: 'Transfer-Encoding is chunked and nothing else.' });
  }
}

/** HTTP/1.1 names its host, which goes into links; and a request line with a whole URI must name the same one. */
function checkHost(request: FastifyRequest): void {
  const { host = '' } = request.headers;
  if (host === '' ? request.raw.httpVersion !== '1.0' : !HOST.test(host)) {
    throw new Refusal('bad_request', { detail: 'The Host header is missing, or names no host.' });
  }
  const url = request.raw.url ?? '';
  const named = /^https?:\/\/([^/?#]*)/i.exec(url)?.[1];
  if (named === undefined) {
    if (!url.startsWith('/') && url !== '*') throw new Refusal('bad_request');
    return;
  }
  if (named.toLowerCase() !== request.headers.host?.toLowerCase()) {
    throw new Refusal('bad_request', { detail: 'The request line and the Host header name two hosts.' });
  }
}

/** Told before a byte of the body is read: only plain JSON in UTF-8 is. */
function checkBodyHeaders(request: FastifyRequest): void {
  if (request.is404) return;
  const { headers } = request;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new Refusal('unsupported_media_type', { detail: 'Compressed bodies are not taken.' });
  }
  const length = headers['content-length'];
  const hasBody = headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
  const type = headers['content-type'];
  if (type === undefined ? hasBody : !JSON_TYPE.test(type)) throw new Refusal('unsupported_media_type');
}
