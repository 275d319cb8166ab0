import type { Cursor, EventFrame, ResyncFrame, Room, RoomEvent, RoomId } from '@rill/protocol';
import type { Context } from '../context.ts';
import type { Timeline } from '../timeline.ts';
import { Feed } from './feed.ts';
import type { Screen } from './screen.ts';
import type { Standing } from './standing.ts';

export interface FollowingDeps {
  readonly id: RoomId;
  readonly context: Context;
  readonly timeline: Timeline;
  readonly standing: Standing;
  readonly screen: Screen;
  readonly apply: (rev: number, event: RoomEvent) => void;
  readonly gone: () => void;
}

/** How a room's events reach this device: from a line's welcome on, over gaps and resyncs, to the next line. */
export class Following {
  readonly #deps: FollowingDeps;
  readonly #feed: Feed;
  /** The rev that the line has to replay before this room is caught up. */
  #target: number | undefined;

  constructor(deps: FollowingDeps) {
    this.#deps = deps;
    const { clock, random, messages } = deps.context;
    this.#feed = new Feed({
      clock,
      random,
      events: (query) => messages.events(deps.id, query),
      apply: deps.apply,
      reload: () => this.#reload(),
      settled: (cursor) => this.#settled(cursor),
      gone: deps.gone,
    });
  }

  cursor(): Cursor | undefined {
    return this.#feed.cursor();
  }

  /** Whether events that the line replays are still missing. */
  isBehind(): boolean {
    return this.#target !== undefined;
  }

  begin(cursor: Cursor): void {
    this.#feed.begin(cursor);
  }

  stop(): void {
    this.#feed.stop();
    this.#target = undefined;
  }

  /**
   * The welcome's word on this room. `resumed`: from where the line replays what was missed; `missed`: messages may have
   * been hidden on another device, which no event of the room tells.
   */
  welcome(room: Room, resumed: Cursor | undefined, missed: boolean): void {
    const { timeline, screen } = this.#deps;
    this.#target = undefined;
    if (!timeline.isLoaded()) return this.#begin(room);
    if (missed) timeline.doubt();
    timeline.forgive();
    void screen.load();
    this.#feed.resume();
    const cursor = this.#feed.cursor();
    if (cursor === undefined) return;
    const isThere = cursor.epoch === room.epoch && cursor.rev >= room.rev;
    if (isThere) timeline.settle();
    else if (resumed !== undefined) this.#target = room.rev;
    else if (cursor.epoch === room.epoch) this.#feed.catchUp();
    else this.#feed.lose();
  }

  /** The server's word on a room while the line is up: it may be new to this device. */
  heard(room: Room): void {
    if (this.#feed.cursor() === undefined && !this.#deps.timeline.isLoaded()) this.#begin(room);
  }

  receive(frame: EventFrame): void {
    this.#feed.receive(frame);
    if (this.#target === undefined) return;
    const cursor = this.#feed.cursor();
    if (cursor !== undefined && cursor.rev < this.#target) return;
    this.#target = undefined;
    this.#deps.timeline.settle();
    this.#deps.context.caughtUp();
  }

  resync(frame: ResyncFrame): void {
    const { timeline, standing, context } = this.#deps;
    this.#target = undefined;
    if (timeline.isLoaded()) this.#feed.lose();
    else {
      this.#begin(frame);
      const room = standing.room();
      if (room?.rev !== frame.rev || room.epoch !== frame.epoch) standing.refresh();
    }
    context.caughtUp();
  }

  /** The replay does not come: fetch it. */
  fetchMissing(): void {
    this.#target = undefined;
    this.#feed.catchUp();
    this.#deps.context.caughtUp();
  }

  /** A page came: true if it is of this life of the room; else everything is loaded anew. */
  arrived(cursor: Cursor): boolean {
    const own = this.#feed.cursor();
    if (own?.epoch === cursor.epoch) return true;
    if (own !== undefined) this.#feed.lose();
    else if (!this.#feed.isLost()) this.#feed.begin(cursor);
    return this.#feed.cursor()?.epoch === cursor.epoch;
  }

  #begin({ rev, epoch }: Cursor): void {
    const { timeline, screen } = this.#deps;
    this.#feed.begin({ rev, epoch });
    // A page on its way is of before: what happened between the two nobody would tell. On the screen another is asked for.
    if (!screen.isOpen()) timeline.drop();
    void screen.load();
  }

  async #reload(): Promise<Cursor> {
    const { timeline, screen, context, id } = this.#deps;
    if (screen.isOpen()) return timeline.reload();
    timeline.drop();
    const { rev, epoch } = await context.rooms.one(id);
    return { rev, epoch };
  }

  #settled(cursor: Cursor): void {
    const { timeline, standing, context, id } = this.#deps;
    context.outbox.reached(id, cursor.rev);
    const room = standing.room();
    if (room !== undefined && (room.epoch !== cursor.epoch || room.rev < cursor.rev)) standing.refresh();
    timeline.settle();
    context.changed(id);
    // Opened while the room was being asked for.
    void this.#deps.screen.load();
  }
}
