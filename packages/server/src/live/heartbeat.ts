import type { Limits } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { Sessions } from '../domain/sessions.ts';
import type { Connection } from './connection.ts';
import type { Signed } from './signed.ts';

/** A socket that takes nothing for so long is given up; it comes back and resumes. */
const FULL_MS = 10_000;

export interface HeartbeatParts {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly sessions: Sessions;
  readonly connections: Iterable<Connection>;
  readonly onFault: (error: unknown) => void;
}

/** Looks at every connection: who is late, silent, full, or whose session is over. Called each second. */
export function createHeartbeat(parts: HeartbeatParts): () => void {
  const pingMs = parts.limits.pingSeconds * 1_000;
  const pongMs = parts.limits.pongSeconds * 1_000;
  const checking = new Set<Signed>();

  function look(connection: Connection, now: number): void {
    const { state } = connection;
    if (state.is === 'closing') return;
    if (state.is === 'waiting') {
      // Who has said hello waits for us, not we for them.
      if (connection.busy === 0 && now >= state.until) return connection.close('hello_late');
    } else if (now >= state.signed.expiresAt && !checking.has(state.signed)) void renew(connection, state.signed);
    if (connection.fullSince > 0) {
      if (now - connection.fullSince >= FULL_MS) connection.close('slow');
    } else if (connection.askedAt > 0) {
      if (now - connection.askedAt >= pongMs) connection.close('silent');
    } else if (now - connection.heardAt >= pingMs) connection.ping();
  }

  /** Other requests may have used the session since: only who asks knows whether it is over. */
  async function renew(connection: Connection, signed: Signed): Promise<void> {
    checking.add(signed);
    try {
      const still = await parts.sessions.authenticate(signed.token);
      if (still === undefined) connection.close('signed_out');
      else signed.expiresAt = still.expiresAt;
    } catch (error) {
      // Nobody can say now; nothing is sent to whom it is not known of for long, so the socket goes.
      parts.onFault(error);
      connection.close('stale');
    } finally {
      checking.delete(signed);
    }
  }

  return () => {
    const now = parts.clock.now();
    for (const connection of parts.connections) look(connection, now);
  };
}
