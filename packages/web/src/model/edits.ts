import type { RoomId } from '@rill/protocol';
import { type Signal, signal } from '@preact/signals';
import type { Drafts } from './drafts.ts';

/** Edits that were begun in a room and neither saved nor given up. Like drafts they outlive a change of room, a reload, a crash. */
export interface Edits {
  /** seq of the message that is being edited in its place. */
  readonly at: Signal<number | undefined>;
  /** What is written there so far. */
  textOf(seq: number): string | undefined;
  write(seq: number, text: string): void;
  /** What was saved or given up is forgotten. */
  end(seq: number): void;
  /** Of what was begun, what is over: nobody can edit it any more. */
  endAll(isOver: (seq: number) => boolean): void;
}

export function createEdits(drafts: Drafts, room: RoomId): Edits {
  const place = `edit-${room}` as const;
  const begun = readEdits(drafts.of(place).peek());
  const { texts } = begun;
  const at = signal(begun.at);
  const save = () => {
    const now = at.peek();
    drafts.set(place, now === undefined && texts.size === 0 ? '' : JSON.stringify([now ?? 0, ...texts]));
  };
  const end = (seq: number) => {
    texts.delete(seq);
    if (at.peek() === seq) at.value = undefined;
    save();
  };
  return {
    at,
    textOf: (seq) => texts.get(seq),
    write(seq, text) {
      texts.set(seq, text);
      save();
    },
    end,
    endAll(isOver) {
      for (const seq of texts.keys()) if (isOver(seq)) end(seq);
    },
  };
}

/** What `save` wrote. Whatever else stands there says nothing. */
function readEdits(kept: string): { at: number | undefined; texts: Map<number, string> } {
  try {
    const [at, ...texts] = JSON.parse(kept) as [number, ...[number, string][]];
    return { at: at || undefined, texts: new Map(texts) };
  } catch {
    return { at: undefined, texts: new Map() };
  }
}
