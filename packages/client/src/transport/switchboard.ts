import type { DownFrame, UpFrame, UserId } from '@rill/protocol';
import { CLOSINGS } from '@rill/protocol/close-codes';
import type { Clock } from '../clock.ts';
import type { Line, LineListener } from '../transport.ts';
import { followOf } from './follow-of.ts';
import type { BoardMessage, BoardPort } from './port.ts';

export interface SwitchboardDeps {
  readonly clock: Clock;
  /** Opens a line to the server. */
  readonly open: (listener: LineListener) => Line;
}

type FollowFrame = Extract<UpFrame, { type: 'follow' }>;

type Told<Message> = Message extends BoardMessage ? Omit<Message, 'line'> : never;

/** A line that a tab has opened. It rides on a trunk: its own first, then the newest of all tabs. */
interface Rider {
  readonly tell: (told: Told<BoardMessage>) => void;
  trunk: Trunk | undefined;
  /** As whom the server welcomed it. */
  user: UserId | undefined;
  /** What is on its screen. */
  follow: FollowFrame | undefined;
}

/** A line to the server. */
interface Trunk {
  line: Line | undefined;
  user: UserId | undefined;
  /** Who hears what comes; the one that looked at its screen last, last. */
  readonly riders: Set<Rider>;
  /** By its ref: who asked, and by which ref. Nobody: the switchboard itself. */
  readonly asked: Map<string, { readonly rider: Rider; readonly ref: string } | undefined>;
  /** Who was here when the server last told of it. */
  readonly presence: Map<UserId, string>;
  /** Who went from here to a newer one, until all that this one had for them has come. */
  readonly moved: Set<Rider>;
  isRetired: boolean;
}

/** Come back: nothing is wrong with this way. */
const AGAIN = CLOSINGS.restart.code;
/** What the server replays on a line that another replaces has come by then; if not, the tab sees the gap and asks. */
const SETTLE_MS = 5_000;
/** A line that does not answer any more is not waited for. */
const ANSWER_MS = 10_000;

/**
 * Lets all tabs of a browser share one line to the server. Whoever comes says its own hello on a line of its own, and is
 * welcomed and brought up to date by the server like anybody; that line then carries all the others too, and theirs is
 * given up when the last answer on it has come. So nobody needs to know where another tab stands.
 */
export class Switchboard {
  readonly #deps: SwitchboardDeps;
  #current: Trunk | undefined;
  #last = 0;

  constructor(deps: SwitchboardDeps) {
    this.#deps = deps;
  }

  /** A tab is there. Returns what to call when it is there no more. */
  attach(port: BoardPort): () => void {
    const lines = new Map<number, Rider>();
    port.listen((said) => {
      const { line } = said;
      const rider = lines.get(line);
      if (said.type === 'send') {
        if (rider !== undefined) this.#send(rider, said.text);
      } else if (said.type === 'close') {
        lines.delete(line);
        if (rider !== undefined) this.#leave(rider);
      } else {
        const tell: Rider['tell'] = (told) => {
          if (lines.get(line) !== made) return;
          if (told.type === 'closed') lines.delete(line);
          port.post({ ...told, line });
        };
        const made: Rider = { tell, trunk: undefined, user: undefined, follow: undefined };
        lines.set(line, made);
        made.tell({ type: 'taken' });
        this.#open(made);
      }
    });
    return () => {
      const riders = [...lines.values()];
      lines.clear();
      for (const rider of riders) this.#leave(rider);
    };
  }

  #open(rider: Rider): void {
    const trunk: Trunk = {
      line: undefined,
      user: undefined,
      riders: new Set([rider]),
      asked: new Map(),
      presence: new Map(),
      moved: new Set(),
      isRetired: false,
    };
    rider.trunk = trunk;
    trunk.line = this.#deps.open({
      opened: () => rider.tell({ type: 'opened' }),
      received: (text) => this.#received(trunk, text),
      closed: (code, reason) => this.#closed(trunk, code, reason),
    });
  }

  #send(rider: Rider, text: string): void {
    const { trunk } = rider;
    if (trunk === undefined) return;
    // Every tab is a client of ours and says only what the wire has.
    const frame = JSON.parse(text) as UpFrame;
    const ref = this.#newRef();
    trunk.asked.set(ref, { rider, ref: frame.ref });
    if (frame.type !== 'follow') return trunk.line?.send(JSON.stringify({ ...frame, ref }));
    const before = rider.follow?.users ?? [];
    rider.follow = frame;
    trunk.riders.delete(rider);
    trunk.riders.add(rider);
    trunk.line?.send(JSON.stringify({ ...this.#followed(trunk), ref }));
    // The server tells only of those whom no other tab has on its screen.
    for (const user of frame.users) {
      const known = trunk.presence.get(user);
      if (known !== undefined && !before.includes(user)) rider.tell({ type: 'received', text: known });
    }
  }

  #followed(trunk: Trunk): Omit<FollowFrame, 'ref'> {
    return followOf([...trunk.riders].filter((rider) => rider.trunk === trunk).flatMap(({ follow }) => follow ?? []));
  }

  #received(trunk: Trunk, text: string): void {
    // As everywhere in the SDK: the server holds to the wire's types.
    const frame = JSON.parse(text) as DownFrame;
    if (frame.type === 'welcome' || frame.type === 'ack' || (frame.type === 'error' && frame.ref !== undefined)) {
      return this.#answered(trunk, frame);
    }
    if (frame.type === 'signal' && frame.signal.kind === 'presence') trunk.presence.set(frame.signal.user, text);
    for (const rider of trunk.riders) rider.tell({ type: 'received', text });
  }

  #answered(trunk: Trunk, frame: Extract<DownFrame, { ref?: string }>): void {
    const ref = frame.ref ?? '';
    const asked = trunk.asked.get(ref);
    trunk.asked.delete(ref);
    if (frame.type === 'welcome') {
      trunk.user = frame.me.id;
      if (asked !== undefined) asked.rider.user = frame.me.id;
    }
    asked?.rider.tell({ type: 'received', text: JSON.stringify({ ...frame, ref: asked.ref }) });
    if (frame.type === 'welcome') this.#adopt(trunk);
    if (!trunk.isRetired || trunk.asked.size > 0) return;
    trunk.moved.clear();
    this.#hangUp(trunk);
  }

  /** From now on this one carries everybody. */
  #adopt(trunk: Trunk): void {
    const old = this.#current;
    this.#current = trunk;
    if (old === undefined || old === trunk) return;
    for (const rider of old.riders) {
      if (rider.trunk !== old) continue;
      // Another account: it must say hello itself, and forget the first one before.
      if (rider.user !== trunk.user) {
        this.#close(rider, AGAIN, '');
        continue;
      }
      rider.trunk = trunk;
      trunk.riders.add(rider);
      old.moved.add(rider);
    }
    this.#retire(old);
  }

  /** What was asked on it is answered, and what it was told before is told, before it is given up. */
  #retire(trunk: Trunk): void {
    this.#deps.clock.after(SETTLE_MS, () => {
      trunk.isRetired = true;
      const ref = this.#newRef();
      trunk.asked.set(ref, undefined);
      trunk.line?.send(JSON.stringify({ type: 'ping', ref }));
      this.#deps.clock.after(ANSWER_MS, () => this.#hangUp(trunk));
    });
  }

  #hangUp(trunk: Trunk): void {
    this.#sendBack(trunk);
    trunk.riders.clear();
    trunk.asked.clear();
    if (this.#current === trunk) this.#current = undefined;
    trunk.line?.close();
  }

  #closed(trunk: Trunk, code: number, reason: string): void {
    if (this.#current === trunk) this.#current = undefined;
    for (const rider of trunk.riders) if (rider.trunk === trunk) this.#close(rider, code, reason);
    trunk.riders.clear();
    this.#sendBack(trunk);
  }

  /** It ended without an answer, and nobody knows what it lost: who was on it says hello from where it stands itself. */
  #sendBack({ moved }: Trunk): void {
    for (const rider of moved) {
      if (rider.trunk === undefined) continue;
      this.#leave(rider);
      this.#close(rider, AGAIN, '');
    }
    moved.clear();
  }

  #close(rider: Rider, code: number, reason: string): void {
    rider.trunk = undefined;
    rider.tell({ type: 'closed', code, reason });
  }

  /** A tab went, or let go of its line. */
  #leave(rider: Rider): void {
    const { trunk } = rider;
    rider.trunk = undefined;
    if (trunk === undefined) return;
    trunk.riders.delete(rider);
    const stay = [...trunk.riders].some((each) => each.trunk === trunk);
    if (!stay) return this.#hangUp(trunk);
    if (rider.follow === undefined) return;
    // What only that one had on its screen nobody looks at any more.
    const ref = this.#newRef();
    trunk.asked.set(ref, undefined);
    trunk.line?.send(JSON.stringify({ ...this.#followed(trunk), ref }));
  }

  #newRef(): string {
    this.#last += 1;
    return this.#last.toString(36);
  }
}
