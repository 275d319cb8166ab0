import type { FastifyRequest } from 'fastify';
import { Refusal } from '../domain/refusal.ts';

/** A session's token as a request carries it. */
export interface Credential {
  readonly token: string;
  readonly by: 'cookie' | 'bearer';
}

/** How requests say who they are, and which pages may let them. */
export interface Credentials {
  /**
   * The token a request carries; undefined where it carries none, or none in its form. A cookie comes along by itself,
   * so whatever it could change needs the `Origin` of a page that may: else `origin_refused`.
   */
  read(request: FastifyRequest): Credential | undefined;
  /** As `read` for an upgrade to a socket, which changes whatever a session may, and which no foreign page opens. */
  upgrade(request: FastifyRequest): string | undefined;
  /**
   * As `read` for an event stream, over which a session's frames come down. Browsers give no `Origin` with a GET of
   * their own page, and say in `Sec-Fetch-Site` whether it is one.
   */
  listen(request: FastifyRequest): string | undefined;
  /** Refuses a sign-in by cookie that a foreign page asks for. */
  giveCookie(request: FastifyRequest): void;
  /** Where links that are handed out shall lead, for whoever reaches the server as this request does. */
  linkTo(request: FastifyRequest): string;
}

export interface CredentialsSettings {
  /** Pages that may use the cookie, besides those of `publicUrl`. */
  readonly origins: readonly string[];
  readonly publicUrl: string | undefined;
}

const BEARER = /^Bearer +([A-Za-z0-9._-]{1,256})$/i;
const SAFE = new Set(['GET', 'HEAD']);

/**
 * Over https the cookie's name binds it to this host and to https. Over plain http, as on a home network, browsers
 * refuse such a name.
 */
export function cookieName(request: FastifyRequest): string {
  return request.protocol === 'https' ? '__Host-rill' : 'rill';
}

export function createCredentials({ origins, publicUrl }: CredentialsSettings): Credentials {
  const named = new Set(publicUrl === undefined ? origins : [...origins, publicUrl]);

  function allows(request: FastifyRequest, origin: string | undefined): boolean {
    if (origin === undefined) return false;
    return named.size > 0 ? named.has(origin) : isOwn(request, origin);
  }
  const refuse = (): never => {
    throw new Refusal('origin_refused');
  };

  function read(request: FastifyRequest): Credential | undefined {
    const { authorization, origin } = request.headers;
    // Whoever sends the header means it: a cookie that comes along does not count.
    if (authorization !== undefined) {
      const token = BEARER.exec(authorization)?.[1];
      return token === undefined ? undefined : { token, by: 'bearer' };
    }
    const token = request.cookies[cookieName(request)];
    if (token === undefined || token === '') return undefined;
    if (!SAFE.has(request.method) && !allows(request, origin)) refuse();
    return { token, by: 'cookie' };
  }

  return {
    read,
    upgrade(request) {
      const { origin } = request.headers;
      if (origin !== undefined && !allows(request, origin)) refuse();
      const given = read(request);
      if (given?.by === 'cookie' && origin === undefined) refuse();
      return given?.token;
    },
    listen(request) {
      const { origin, 'sec-fetch-site': site = 'same-origin' } = request.headers;
      if (origin !== undefined && !allows(request, origin)) refuse();
      const given = read(request);
      if (given?.by === 'cookie' && origin === undefined && site !== 'same-origin') refuse();
      return given?.token;
    },
    giveCookie(request) {
      const { origin } = request.headers;
      if (origin !== undefined && !allows(request, origin)) refuse();
    },
    linkTo(request) {
      const { origin } = request.headers;
      if (publicUrl !== undefined) return publicUrl;
      return origin !== undefined && allows(request, origin) ? origin : `${request.protocol}://${request.host}`;
    },
  };
}

/**
 * Where nothing is set: the page came from the very host and port that the request goes to, so it is ours. A page
 * under another name for this address (DNS rebinding) has no cookie of ours. Where we cannot know that a proxy speaks
 * https for us, https is believed; plain http is never believed on a server that is reached by https.
 */
function isOwn(request: FastifyRequest, origin: string): boolean {
  const schemes = request.protocol === 'https' ? ['https'] : ['http', 'https'];
  return schemes.some(
    (scheme) => URL.canParse(`${scheme}://${request.host}`) && sameOrigin(scheme, request.host, origin),
  );
}

function sameOrigin(scheme: string, host: string, origin: string): boolean {
  return new URL(`${scheme}://${host}`).origin === origin;
}
