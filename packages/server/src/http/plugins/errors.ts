import type { Server } from 'node:http';
import { ERRORS, type ErrorCode } from '@rill/protocol';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../domain/refusal.ts';
import { PROBLEM_TYPE, problem } from '../problem.ts';
import { faultsOf } from '../validation.ts';

/** Fastify's own errors, as the catalogue calls them. */
const FRAMEWORK_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_BAD_URL: 'bad_request',
  // An id that long names nothing here.
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_request',
  // A path of dots and doubled slashes names no file.
  FST_STATIC_FORBIDDEN_PATH: 'not_found',
};

const STATUS_CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'bad_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'body_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  431: 'headers_too_large',
  503: 'overloaded',
};

/** Whatever was thrown, as an error of the catalogue: what nobody foresaw is `internal` and says nothing more. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { code, statusCode, validation, validationContext } = (error ?? {}) as Partial<FastifyError>;
  if (validation !== undefined) {
    return new Refusal('bad_request', { errors: faultsOf(validation, validationContext) }, error);
  }
  const known = (code === undefined ? undefined : FRAMEWORK_CODES[code]) ?? STATUS_CODES[statusCode ?? 500];
  return new Refusal(known ?? (isClientFault(statusCode) ? 'bad_request' : 'internal'), {}, error);
}

function isClientFault(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500;
}

/** Answers a request with a problem; the one place where HTTP errors are written. */
export function answer(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, body, retryAfter } = problem(refusal.code, refusal.more);
  note(refusal, request);
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  if (isUnread(request) || status === 431) reply.header('connection', 'close');
  return reply.code(status).type(PROBLEM_TYPE).send(body);
}

const TELL_AGAIN_MS = 10_000;
/** When each server last told of which error. */
const told = new WeakMap<Server, Map<ErrorCode, number>>();

/** Into the log. While storage is away every request fails alike: that is told now and then, and without a stack. */
function note({ code, cause }: Refusal, request: FastifyRequest): void {
  const { level, status } = ERRORS[code];
  const isDown = status === 503;
  const why = !(cause instanceof Error) ? {} : isDown ? { why: cause.message } : { err: cause };
  const isNews = !isDown || isDue(request.server.server, code);
  request.log[isNews ? level : 'debug']({ request: request.id, problem: code, ...why }, 'refused');
}

function isDue(server: Server, code: ErrorCode): boolean {
  const last = told.get(server) ?? new Map<ErrorCode, number>();
  told.set(server, last);
  const now = performance.now();
  if (now - (last.get(code) ?? Number.NEGATIVE_INFINITY) < TELL_AGAIN_MS) return false;
  last.set(code, now);
  return true;
}

/** Whether some of the body is still on its way: nobody will read it. */
function isUnread({ headers, raw }: FastifyRequest): boolean {
  const length = headers['content-length'];
  return !raw.complete && (headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0'));
}

/** Every error, wherever it comes up in a request, is answered here. */
export function errors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => answer(refusalOf(error), request, reply));
}
