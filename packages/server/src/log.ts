import { type DestinationStream, type Logger, pino } from 'pino';

/** Where these stand in a log line, there was a mistake: they are blotted out. */
const SECRETS = [
  'authorization',
  'cookie',
  'set-cookie',
  'token',
  'password',
  'code',
  'text',
  'body',
  'secret',
  'currentPassword',
  'newPassword',
];
const REDACTED = SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

/** JSON lines on standard output: error, info, debug. */
export function createLog(level: 'error' | 'info' | 'debug' | 'silent', to?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED, censor: '[redacted]' },
    serializers: { err: error },
  };
  return to ? pino(options, to) : pino(options);
}

/** An error by name, sentence and place alone: those of the Redis client carry the arguments, and so texts, with them. */
function error(value: unknown): object {
  if (!(value instanceof Error)) return { type: typeof value };
  return {
    type: value.name,
    message: value.message,
    stack: value.stack,
    ...(value.cause === undefined ? {} : { cause: error(value.cause) }),
  };
}
