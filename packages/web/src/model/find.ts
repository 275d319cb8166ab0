import { signal } from '@preact/signals';
import type { Client, LiveTimeline, MessageItem, TimelineItem } from '@rill/client';
import type { RoomId } from '@rill/protocol';
import { isReadable } from '@rill/protocol/message';

/** Where a message stands in which what was sought was found. */
export interface Hit {
  readonly room: RoomId;
  readonly seq: number;
}

/** What was found, the newest first, and in how much it was looked for. */
export interface Found {
  readonly hits: readonly Hit[];
  /** There is more than is shown. */
  readonly more: boolean;
  readonly searched: number;
  /** Of the oldest message that was looked at, ms since 1970. */
  readonly since: number | undefined;
}

/** What is sought, and whether in all rooms: still there when the panel comes again, in this room or another. */
export const sought = signal('');
export const everywhere = signal(false);

/** Who signs in next is not shown it. */
export function forgetSought(): void {
  sought.value = '';
  everywhere.value = false;
}

const MOST = 100;
/** Characters of a text that are shown, and of those before what was sought. */
const EXCERPT = 300;
const BEFORE = 60;

/** What finds each of the words that were typed, whatever their case; undefined where nothing was. */
export function patternOf(typed: string): { readonly words: readonly RegExp[]; readonly any: RegExp } | undefined {
  const words = typed.trim().split(/\s+/u).filter(Boolean).map(escaped);
  if (words.length === 0) return undefined;
  return { words: words.map((word) => new RegExp(word, 'iu')), any: new RegExp(`(${words.join('|')})`, 'giu') };
}

/** Looks through the messages that this browser has of these rooms, without asking the server. */
export function findHere(client: Client, rooms: readonly RoomId[], typed: string): Found {
  const pattern = patternOf(typed);
  const hits: (Hit & { readonly at: string })[] = [];
  let searched = 0;
  let since: string | undefined;
  for (const room of rooms) {
    let found = 0;
    for (const item of client.room(room).timeline.snapshot().items.toReversed()) {
      if (item.kind !== 'message' || !isReadable(item.message)) continue;
      const { text, at } = item.message;
      searched += 1;
      if (since === undefined || at < since) since = at;
      if (found > MOST || pattern?.words.every((word) => word.test(text)) !== true) continue;
      found += 1;
      hits.push({ room, seq: item.seq, at });
    }
  }
  hits.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : b.seq - a.seq));
  return {
    hits: hits.slice(0, MOST),
    more: hits.length > MOST,
    searched,
    since: since === undefined ? undefined : Date.parse(since),
  };
}

/** The message as it is now; undefined where its words are gone, or it is not here any more. */
export function readableAt({ items }: ReturnType<LiveTimeline['snapshot']>, seq: number): MessageItem | undefined {
  const item = items[indexOf(items, seq)];
  return item?.kind === 'message' && item.seq === seq && isReadable(item.message) ? item : undefined;
}

/** What stands around the first that was found: parts by turns outside and inside the pattern. */
export function excerptOf(text: string, pattern: RegExp): readonly string[] {
  const line = text.replaceAll(/\s+/gu, ' ');
  const at = line.search(pattern);
  const from = at > BEFORE ? line.indexOf(' ', at - BEFORE) : 0;
  const cut = from > 0 && from < at ? `… ${line.slice(from + 1)}` : line.slice(at > BEFORE ? at - BEFORE : 0);
  return cut.slice(0, EXCERPT).split(pattern);
}

function indexOf(items: readonly TimelineItem[], seq: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item?.kind === 'message' && item.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, (sign) => `\\${sign}`);
}
