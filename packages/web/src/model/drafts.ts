import type { RoomId, UserId } from '@rill/protocol';
import { type Signal, signal } from '@preact/signals';
import { forget, keep, onKeptElsewhere, readKept } from '../platform/storage.ts';

const PREFIX = 'rill:draft:';
/** Writing to the disk at each key would be felt. */
const KEEP_MS = 300;

/** What is begun in a room: a message, or edits. */
type Place = RoomId | `edit-${RoomId}`;

/** What was begun and not sent, a room. It outlives a reload, an update and a crash; other tabs see it. */
export interface Drafts {
  of(place: Place): Signal<string>;
  set(place: Place, text: string): void;
  /** Puts a text where one writes: after what is there already. */
  add(room: RoomId, text: string): void;
  /** Writes what is waiting to be written. */
  flush(): void;
  close(): void;
}

export function createDrafts(user: UserId): Drafts {
  const key = (place: Place) => `${PREFIX}${user}:${place}`;
  const texts = new Map<string, Signal<string>>();
  const waiting = new Map<Place, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const of = (place: Place): Signal<string> => {
    const known = texts.get(key(place));
    if (known !== undefined) return known;
    const kept = readKept(key(place));
    const made = signal(typeof kept === 'string' ? kept : '');
    texts.set(key(place), made);
    return made;
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    for (const [place, text] of waiting) keep(key(place), text === '' ? undefined : text);
    waiting.clear();
  };
  const set = (place: Place, text: string) => {
    of(place).value = text;
    waiting.set(place, text);
    // What was sent must not come back after a crash: an empty draft is written at once.
    if (text === '') flush();
    else timer ??= setTimeout(flush, KEEP_MS);
  };
  const stopListening = onKeptElsewhere(PREFIX, (changed) => {
    const known = texts.get(changed);
    const kept = readKept(changed);
    if (known !== undefined) known.value = typeof kept === 'string' ? kept : '';
  });
  if (typeof addEventListener === 'function') addEventListener('pagehide', flush);

  return {
    of,
    set,
    add(room, text) {
      const before = of(room).value;
      set(room, before.trim() === '' ? text : `${before}\n${text}`);
    },
    flush,
    close() {
      flush();
      stopListening();
      removeEventListener('pagehide', flush);
    },
  };
}

/** Forgets what everybody here had begun: at sign-out. */
export function forgetDrafts(): void {
  forget(PREFIX);
}
