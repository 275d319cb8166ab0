import { createHmac } from 'node:crypto';
import type { Limits } from '@rill/protocol';
import type { Pace, Paces } from '../store/paces.ts';
import { network } from './network.ts';
import { Refusal } from './refusal.ts';

/**
 * How often accounts may be tried. Counted by who is tried and from where together, so that no stranger elsewhere can
 * keep anybody out, and by where alone; a count is the same whether the account exists or not, and while one must
 * wait the right password waits too.
 */
export interface Attempts {
  /** Before any work is done for a request that names no session. */
  from(address: string): Promise<void>;
  /** Before a password is checked; `whom` is a folded name or a user id. */
  password(whom: string, address: string): Promise<void>;
  passwordWasRight(whom: string, address: string): Promise<void>;
  /** Before an account is made. */
  registration(address: string): Promise<void>;
  registrationFailed(address: string): Promise<void>;
}

export interface AttemptsParts {
  readonly paces: Paces;
  readonly secret: string;
  readonly limits: Pick<Limits, 'loginsPerMinute' | 'loginsPerAddressMinute' | 'registrationsPerHour'>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const LONGEST_MS = 15 * MINUTE_MS;

export function createAttempts({ paces, secret, limits }: AttemptsParts): Attempts {
  const steady = (attempts: number, windowMs: number): Pace => ({ attempts, windowMs, longestMs: windowMs });
  const byAddress = steady(limits.loginsPerAddressMinute, MINUTE_MS);
  const byBoth: Pace = { attempts: limits.loginsPerMinute, windowMs: MINUTE_MS, longestMs: LONGEST_MS };
  const making = steady(limits.registrationsPerHour, HOUR_MS);
  // Who tried what from where is nobody's to read in Redis.
  const key = (what: string, ...of: string[]) =>
    `${what}:${createHmac('sha256', secret)
      .update(JSON.stringify([what, ...of]))
      .digest('base64url')
      .slice(0, 22)}`;
  const take = async (which: string, pace: Pace) => {
    const retryAfterMs = await paces.take(which, pace);
    if (retryAfterMs > 0) throw new Refusal('rate_limited', { retryAfterMs });
  };
  return {
    from: (address) => take(key('address', network(address)), byAddress),
    password: (whom, address) => take(key('password', whom, network(address)), byBoth),
    passwordWasRight: (whom, address) => paces.clear(key('password', whom, network(address))),
    registration: (address) => take(key('registration', network(address)), making),
    registrationFailed: (address) => paces.giveBack(key('registration', network(address))),
  };
}
