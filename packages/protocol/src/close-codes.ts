import type { LogLevel } from './errors.ts';

/** Why a socket was closed, and what its client should do. */
export interface Closing {
  readonly code: number;
  /** Whether the client should connect again by itself. */
  readonly reconnect: boolean;
  readonly reason: string;
  readonly level: LogLevel;
}

const closing = (code: number, reconnect: boolean, reason: string, level: LogLevel = 'debug'): Closing => ({
  code,
  reconnect,
  reason,
  level,
});

/**
 * Every close code the server sends. 1002, 1003, 1007 and 1009 are RFC 6455's own and come from the WebSocket
 * library; 4400 and above are ours.
 */
export const CLOSINGS = {
  going_away: closing(1001, true, 'the server stops'),
  protocol_error: closing(1002, false, 'not WebSocket as RFC 6455 has it'),
  binary: closing(1003, false, 'frames are text'),
  bad_utf8: closing(1007, false, 'not UTF-8'),
  policy: closing(1008, false, 'too many fragments'),
  too_big: closing(1009, false, 'frame too large'),
  broken: closing(1011, true, 'something broke on our side', 'error'),
  restart: closing(1012, true, 'the server restarts'),
  overloaded: closing(1013, true, 'too many at once'),
  bad_frames: closing(4400, false, 'three bad frames'),
  signed_out: closing(4401, false, 'not signed in, or no longer', 'info'),
  hello_late: closing(4408, true, 'no hello in time'),
  silent: closing(4409, true, 'no answer to pings'),
  stale: closing(4410, true, 'positions must be read again'),
  slow: closing(4413, true, 'does not read fast enough', 'info'),
  flooding: closing(4429, true, 'too many frames', 'info'),
} as const satisfies Record<string, Closing>;

export type ClosingName = keyof typeof CLOSINGS;

/** The reason as sent: the name, and how many milliseconds to wait before coming back. */
export function closeReason(name: ClosingName, waitMs?: number): string {
  return waitMs === undefined ? name : `${name} wait=${Math.round(waitMs)}`;
}

/** Reads a close event: whether to come back, and after how many milliseconds at the earliest. */
export function readClosing(code: number, reason: string): { reconnect: boolean; waitMs: number } {
  const known = Object.values(CLOSINGS).find((each) => each.code === code);
  const wait = /\bwait=(\d{1,6})\b/.exec(reason)?.[1];
  // A code nobody named (1006: the line broke) is a reason to come back.
  return { reconnect: known?.reconnect ?? true, waitMs: wait === undefined ? 0 : Number(wait) };
}
