import type { Me } from '@rill/protocol';
import type { UserRecord } from '../store/users.ts';

/** A user as the user sees oneself. */
export function meOf({ card, locale, timeZone, hidePresence, createdAt, rev }: UserRecord): Me {
  return {
    ...card,
    ...(locale === undefined ? {} : { locale }),
    ...(timeZone === undefined ? {} : { timeZone }),
    hidePresence,
    createdAt: new Date(createdAt).toISOString(),
    rev,
  };
}
