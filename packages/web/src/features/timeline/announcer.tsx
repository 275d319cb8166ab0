import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TimelineState } from '@rill/client';
import { isReadable } from '@rill/protocol/message';
import { useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { nameById } from '../../model/names.ts';
import { paced } from '../../platform/paced.ts';

/** A region that holds more is read from its beginning by some screen readers. */
const KEPT = 5;
/** A burst is told as its end, now and then: nobody listens to two hundred messages. */
const PAUSE_MS = 500;

/** Says new messages of others to screen readers: author and text first, each once. */
export function Announcer({ state }: { state: TimelineState }) {
  const words = useWords();
  const client = useClient();
  const told = useRef<{ turn: number; last: number }>(undefined);
  const [lines, setLines] = useState<readonly { id: number; text: string }[]>([]);

  const tell = () => {
    if (state.name !== 'ready' || state.newer.name !== 'end') return;
    const before = told.current;
    told.current = { turn: state.turn, last: Math.max(state.last, before?.last ?? 0) };
    if (before === undefined || state.last <= before.last) return;
    const fresh: { id: number; text: string }[] = [];
    for (let at = state.items.length - 1; at >= 0 && fresh.length < KEPT; at -= 1) {
      const item = state.items[at];
      if (item === undefined || item.kind === 'pending') continue;
      if (item.seq <= before.last) break;
      if (item.mine || !isReadable(item.message)) continue;
      const name = item.message.imported?.name ?? nameById(client, item.message.author, words);
      fresh.unshift({ id: item.seq, text: `${name}: ${item.message.text}` });
    }
    if (fresh.length > 0) setLines((now) => [...now, ...fresh].slice(-KEPT));
  };
  const latest = useRef(tell);
  latest.current = tell;
  const tellInTurn = useMemo(() => paced<void>(PAUSE_MS, () => latest.current()), []);
  useEffect(() => tellInTurn(), [state]);
  // What was recalled, removed or deleted since is not left standing here.
  useEffect(() => {
    if (lines.length === 0) return;
    const readable = new Set(
      state.items
        .slice(-200)
        .flatMap((item) => (item.kind === 'message' && isReadable(item.message) ? [item.seq] : [])),
    );
    if (lines.some((line) => !readable.has(line.id))) setLines(lines.filter((line) => readable.has(line.id)));
  }, [state, lines]);

  return (
    <div
      class="unseen"
      role="log"
      aria-live="polite"
      aria-relevant="additions"
      aria-label={words.timeline.announcements}
    >
      {lines.map((line) => (
        <p key={line.id}>{line.text}</p>
      ))}
    </div>
  );
}
