import type {
  LoginBody,
  Me,
  MeChange,
  PasswordChange,
  RegisterBody,
  RegisterCheck,
  ResetBody,
  ServerInfo,
  SessionId,
  Sessions,
  SignedIn,
  UserId,
  Users,
} from '@rill/protocol';
import { at, type Rest } from '../rest.ts';

export type AccountCalls = ReturnType<typeof accountCalls>;

/** Users, oneself and sign-ins. */
export const accountCalls = (rest: Rest) => ({
  server: () => rest.call<ServerInfo>('GET', '/server'),
  register: (body: RegisterBody) => rest.call<SignedIn>('POST', '/register', body),
  mayRegister: (check: RegisterCheck) => rest.call<void>('POST', '/register/check', check),
  login: (body: LoginBody) => rest.call<SignedIn>('POST', '/login', body),
  logout: () => rest.call<void>('POST', '/logout'),
  me: () => rest.call<Me>('GET', '/me'),
  changeMe: (change: MeChange) => rest.call<Me>('PATCH', '/me', change),
  changePassword: (change: PasswordChange) => rest.call<void>('PUT', '/me/password', change),
  reset: (body: ResetBody) => rest.call<void>('POST', '/reset', body),
  sessions: () => rest.call<Sessions>('GET', '/sessions'),
  endSession: (id: SessionId) => rest.call<void>('DELETE', `/sessions/${id}`),
  search: (q: string) => rest.call<Users>('GET', at('/users', q === '' ? {} : { q })),
  list: (after: string | undefined) => rest.call<Users>('GET', at('/users', after === undefined ? {} : { after })),
  cards: (ids: readonly UserId[]) => rest.call<Users>('GET', at('/users', { ids: ids.join(',') })),
});
