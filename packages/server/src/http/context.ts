import type { ErrorCode } from '@rill/protocol';
import type { Who } from '../domain/who.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks. Set before a handler runs, except on public routes. */
    who: Who;
  }

  interface FastifyContextConfig {
    /** Answers whoever asks; without it, signed out is 401 before anything else is looked at. */
    readonly public?: boolean;
    /** Its answer lasts as long as somebody listens: how long it took says nothing of the server. */
    readonly lasting?: boolean;
    /** No body is the same as `{}`. */
    readonly bodyOptional?: boolean;
    /** What may go wrong here besides what may go wrong anywhere; stands in the API's description. */
    readonly fails?: readonly ErrorCode[];
  }
}
