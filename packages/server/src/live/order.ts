import type { FeedEvent, FeedPage } from '../store/room-feed.ts';
import type { Place } from './seat.ts';

/** Events kept while the ones before them are being read. */
const KEPT = 512;

/**
 * The events of one room in the order of its log, each once, however they come: from Redis as they happen, some missing,
 * some late, and by reads of what was missed.
 */
export class Order {
  readonly #pass: (event: FeedEvent) => void;
  #place: { rev: number; epoch: Place['epoch'] } | undefined;
  #early: FeedEvent[] = [];
  /** How far the log went when it was read last. */
  #readTo = 0;

  /** `pass` gets each event as its turn comes; the place stands at it by then. */
  constructor(pass: (event: FeedEvent) => void) {
    this.#pass = pass;
  }

  /** Up to where events have passed; undefined while nobody has said where to begin. */
  get place(): Place | undefined {
    return this.#place;
  }

  /** Whether events wait here for others that are missing. */
  get hasGap(): boolean {
    return this.#early.length > 0;
  }

  /** An event as it comes from Redis. False where others before it are missing: it waits for them. */
  receive(event: FeedEvent): boolean {
    const place = this.#place;
    // It is read, and with it what the message is now: this one may hold a text that was told to be recalled meanwhile.
    if (event.epoch === place?.epoch && event.rev <= this.#readTo) return true;
    if (place === undefined || event.epoch !== place.epoch || event.rev > place.rev + 1) {
      if (this.#early.length >= KEPT) this.#early = [];
      this.#early.push(event);
      return place === undefined;
    }
    if (event.rev === place.rev + 1) {
      this.#go(event, place);
      this.goOn();
    }
    return true;
  }

  /** What was missing, as it was read. False where the log has had another life since: it is of the past. */
  receivePage(page: FeedPage): boolean {
    const place = this.#place;
    if (place === undefined || page.epoch !== place.epoch) return false;
    this.#readTo = Math.max(this.#readTo, page.rev);
    // What came from Redis says of a message what it was, the page what it is.
    this.#early = this.#early.filter((event) => event.epoch === place.epoch && event.rev > this.#readTo);
    for (const event of page.events) if (event.rev === place.rev + 1) this.#go(event, place);
    this.goOn();
    return true;
  }

  /** Where it begins. What waits of another life of the log stays: it tells that something is missing. */
  begin({ rev, epoch }: Place): void {
    this.#place = { rev, epoch };
    this.#readTo = 0;
  }

  /** The log has another life, or goes on from here: nothing from before is of use. Nothing passes before `goOn`. */
  turnOver(to: Place): void {
    this.begin(to);
    this.#early = this.#early.filter((event) => event.epoch === to.epoch && event.rev > to.rev);
  }

  /** Passes what waited and is next now. */
  goOn(): void {
    const place = this.#place;
    if (place === undefined || this.#early.length === 0) return;
    const early = this.#early.sort((one, other) => one.rev - other.rev);
    this.#early = [];
    for (const event of early) {
      if (event.epoch === place.epoch && event.rev <= place.rev) continue;
      if (event.epoch === place.epoch && event.rev === place.rev + 1) this.#go(event, place);
      else this.#early.push(event);
    }
  }

  /** The next who comes says where to begin. */
  forget(): void {
    this.#place = undefined;
    this.#readTo = 0;
    this.#early = [];
  }

  #go(event: FeedEvent, place: { rev: number }): void {
    place.rev = event.rev;
    this.#pass(event);
  }
}
