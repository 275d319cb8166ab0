import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TimelineState } from '@rill/client';
import { isReadable } from '@rill/protocol/message';
import { useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { nameById } from '../../model/names.ts';
import { paced } from '../../platform/paced.ts';
import { isAtHead } from './at-head.ts';

/** A region that holds more is read from its beginning by some screen readers. */
const KEPT = 5;
/** A burst is told as its end, now and then: nobody listens to two hundred messages. */
const PAUSE_MS = 500;

export interface AnnouncementsProps {
  state: TimelineState;
  /** As the conversation was when it was first there: what came since is news. */
  first: TimelineState;
}

/** New messages of others as a screen reader says them: author and text first, each once. */
export function Announcements({ state, first }: AnnouncementsProps) {
  const words = useWords();
  const client = useClient();
  const told = useRef(first.last);
  const [lines, setLines] = useState<readonly { id: number; text: string }[]>([]);

  const tell = () => {
    const before = told.current;
    if (!isAtHead(state) || state.last <= before) return;
    told.current = state.last;
    const fresh: { id: number; text: string }[] = [];
    for (let at = state.items.length - 1; at >= 0 && fresh.length < KEPT; at -= 1) {
      const item = state.items[at];
      if (item === undefined || item.kind === 'pending') continue;
      if (item.seq <= before) break;
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

  return lines.map((line) => <p key={line.id}>{line.text}</p>);
}
