import type { Audit, Invites, NewInvite, ResetLink, Settings, User, Users } from '@rill/protocol';
import type { Administration } from './api/administration.ts';
import { at, type Rest } from './rest.ts';

/** The calls of owners and admins of the server. */
export function createAdministration(rest: Rest): Administration {
  return {
    invites: {
      make: (uses) => rest.call<NewInvite>('POST', '/invites', uses === undefined ? {} : { uses }),
      list: async () => (await rest.call<Invites>('GET', '/invites')).invites,
      revoke: (id) => rest.call('DELETE', `/invites/${id}`),
    },
    users: {
      page: (query = {}) => rest.call<Users>('GET', at('/users', { ...query })),
      change: (user, change) => rest.call<User>('PATCH', `/users/${user}`, change),
      resetLink: (user) => rest.call<ResetLink>('POST', `/users/${user}/reset-link`),
    },
    settings: {
      read: () => rest.call<Settings>('GET', '/settings'),
      change: (change) => rest.call<Settings>('PATCH', '/settings', change),
    },
    audit: (before) => rest.call<Audit>('GET', at('/audit', { before })),
  };
}
