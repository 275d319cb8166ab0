import type { Me, SignedIn, UserId } from '@rill/protocol';
import type { LiveSession, SessionState } from './api/session.ts';
import { backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { asRillError, type RillError } from './error.ts';
import { Cell } from './living.ts';
import type { AccountCalls } from './rest/accounts.ts';

export interface SessionDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly calls: AccountCalls;
  readonly form: 'cookie' | 'token';
  readonly token: string | undefined;
  /** Somebody is signed in now. */
  readonly signedIn: (me: Me) => void;
  /** Whoever was signed in is no more: all of theirs is forgotten. Resolves when it is. */
  readonly signedOut: (user: UserId | undefined) => Promise<void>;
  /** What is known of whoever is signed in is not what it was. */
  readonly changed: () => void;
  readonly saveLeaving: (leaving: boolean) => Promise<void>;
  /** Whether that is still so: another page of the device may have signed somebody in. */
  readonly isLeaving: () => Promise<boolean>;
}

/** Nobody who signs out wants to wait for a server that does not answer. */
const LEAVE_MS = 3_000;
const PACE = { minMs: 1_000, maxMs: 30_000 };

/** Who uses this client, and the calls about that. */
export class Session implements LiveSession {
  readonly #deps: SessionDeps;
  readonly #state = new Cell<SessionState>({ name: 'unknown' });
  #token: string | undefined;
  #cancelRetry: () => void = () => {};
  #turn = 0;
  #isClosed = false;
  #isLeaving = false;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    this.#token = deps.token;
  }

  snapshot(): SessionState {
    return this.#state.snapshot();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  token(): string | undefined {
    return this.#token;
  }

  /** Another number for each sign-in: an answer to what an older one asked is none to this one. */
  turn(): number {
    return this.#turn;
  }

  me(): Me | undefined {
    const state = this.#state.snapshot();
    return state.name === 'signed-in' ? state.me : undefined;
  }

  /** Finds out who is signed in, from the device or from the server. Tries again by itself where no answer comes. */
  async begin(kept: Me | undefined, leaving: boolean): Promise<void> {
    if (leaving) return this.#leave();
    if (this.#deps.form === 'token' && this.#token === undefined)
      return this.#state.set({ name: 'signed-out', ended: false });
    if (kept !== undefined) return this.#enter(kept);
    await this.#find(1);
  }

  mayRegister: LiveSession['mayRegister'] = (check) => this.#deps.calls.mayRegister(check);
  register: LiveSession['register'] = async (body) =>
    this.#signedIn(await this.#deps.calls.register({ ...body, session: this.#deps.form }));

  login: LiveSession['login'] = async (body) =>
    this.#signedIn(await this.#deps.calls.login({ ...body, session: this.#deps.form }));

  async logout(): Promise<void> {
    if (this.me() === undefined) return;
    this.#isLeaving = true;
    const isTold = await this.#tellLeaving();
    // A page cannot drop the cookie itself: until the server has heard of it, a reload would sign in again.
    const isOwed = !isTold && this.#deps.form === 'cookie';
    if (isOwed) await this.#deps.saveLeaving(true).catch(() => {});
    await this.end(false);
    this.#isLeaving = false;
    if (isOwed) void this.#tellLater(1);
  }

  changeMe: LiveSession['changeMe'] = async (change) => {
    const me = await this.#deps.calls.changeMe(change);
    this.update(me);
    return me;
  };

  changePassword: LiveSession['changePassword'] = (change) => this.#deps.calls.changePassword(change);
  reset: LiveSession['reset'] = (body) => this.#deps.calls.reset(body);
  sessions: LiveSession['sessions'] = async () => (await this.#deps.calls.sessions()).sessions;
  endSession: LiveSession['endSession'] = (id) => this.#deps.calls.endSession(id);

  /** What the server says of oneself. */
  update(me: Me): void {
    const state = this.#state.snapshot();
    if (state.name !== 'signed-in') return;
    this.#state.set({ ...state, me });
    this.#deps.changed();
  }

  /** Some sign-in of this user began or ended. */
  sessionsChanged(): void {
    const state = this.#state.snapshot();
    if (state.name === 'signed-in') this.#state.set({ ...state, sessions: state.sessions + 1 });
  }

  /** The server knows no such sign-in (any more). */
  lost(): void {
    if (this.me() !== undefined && !this.#isLeaving) void this.end(true);
  }

  /** The line speaks for somebody else: another tab has signed in. Resolves when what was of the first is gone. */
  async become(me: Me): Promise<void> {
    await this.#deps.signedOut(this.me()?.id);
    this.#enter(me);
  }

  /** Nobody is signed in any more; `ended`: it was taken away. */
  async end(ended: boolean): Promise<void> {
    this.#cancelRetry();
    if (this.#state.snapshot().name === 'signed-out') return;
    const user = this.me()?.id;
    this.#token = undefined;
    this.#state.set({ name: 'signed-out', ended });
    await this.#deps.signedOut(user);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelRetry();
  }

  async #signedIn(answer: SignedIn): Promise<Me> {
    this.#cancelRetry();
    // What is left of somebody else must be gone before anything of this one comes.
    if (this.me() !== undefined && this.me()?.id !== answer.user.id) await this.end(false);
    this.#token = answer.session.token;
    await this.#deps.saveLeaving(false).catch(() => {});
    this.#enter(answer.user);
    return answer.user;
  }

  #enter(me: Me): void {
    this.#turn += 1;
    this.#state.set({ name: 'signed-in', me, sessions: 0 });
    this.#deps.changed();
    this.#deps.signedIn(me);
  }

  async #find(attempt: number): Promise<void> {
    try {
      this.#enter(await this.#deps.calls.me());
    } catch (thrown) {
      const error = asRillError(thrown);
      if (error.status === 401 || error.status === 403) return this.end(false);
      this.#retry(attempt, error, () => this.#find(attempt + 1));
    }
  }

  /** Somebody signed out while the server could not be told: tell it before anything else. */
  async #leave(): Promise<void> {
    this.#state.set({ name: 'signed-out', ended: false });
    await this.#tellLater(1);
  }

  async #tellLeaving(): Promise<boolean> {
    const told = this.#deps.calls.logout().then(
      () => true,
      (error: RillError) => !error.retry,
    );
    const late = new Promise<boolean>((resolve) => this.#deps.clock.after(LEAVE_MS, () => resolve(false)));
    return Promise.race([told, late]);
  }

  async #tellLater(attempt: number): Promise<void> {
    const turn = this.#turn;
    if (attempt > 1 && !(await this.#deps.isLeaving().catch(() => true))) return;
    try {
      await this.#deps.calls.logout();
    } catch (thrown) {
      const error = asRillError(thrown);
      // Somebody signed in: the cookie is another.
      if (turn !== this.#turn) return;
      if (error.status !== 401) return this.#retry(attempt, error, () => this.#tellLater(attempt + 1));
    }
    await this.#deps.saveLeaving(false).catch(() => {});
  }

  #retry(attempt: number, error: RillError, then: () => Promise<void>): void {
    if (this.#isClosed) return;
    const ms = backoff(attempt, PACE, this.#deps.random, error.retryAfterMs);
    this.#cancelRetry = this.#deps.clock.after(ms, () => void then());
  }
}
