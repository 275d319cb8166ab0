import type { Client, OutboxItem } from '@rill/client';
import type { RoomId } from '@rill/protocol';
import { CircleAlert, Clock } from 'lucide';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { onItsWay } from '../../model/on-its-way.ts';
import { Icon } from '../../ui/icon.tsx';

/** What arrives within this time was never on its way: a list that flickers with each message says nothing. */
const QUIET_MS = 1_000;

type Sent = Extract<OutboxItem, { kind: 'send' }>;

/** Tells the list of rooms what has not arrived, until the returned function is called. */
export function watchOnItsWay(client: Client): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: readonly OutboxItem[] = [];
  const look = () => {
    timer = undefined;
    const now = Date.now();
    const last = new Map<RoomId, Sent>();
    let next = Number.POSITIVE_INFINITY;
    for (const item of client.outbox.snapshot().items) {
      if (item.kind !== 'send') continue;
      if (item.state === 'failed' || now - item.at >= QUIET_MS) last.set(item.room, item);
      else next = Math.min(next, item.at + QUIET_MS);
    }
    if (next !== Number.POSITIVE_INFINITY) timer = setTimeout(look, next - now);
    const items = [...last.values()];
    if (items.length === shown.length && items.every((item, at) => item === shown[at])) return;
    shown = items;
    onItsWay.value = new Map(items.map((item) => [item.room, <Line key={item.id} item={item} />]));
  };
  const stop = client.outbox.subscribe(() => {
    timer ??= setTimeout(look, shown.length > 0 ? 0 : QUIET_MS);
  });
  look();
  return () => {
    stop();
    clearTimeout(timer);
    onItsWay.value = new Map();
  };
}

function Line({ item }: { item: Sent }) {
  const { rooms } = useWords();
  const { signs } = useLaterWords().message;
  const failed = item.state === 'failed';
  return (
    <>
      <span class={failed ? 'room-row-on-way room-row-failed' : 'room-row-on-way'}>
        <Icon of={failed ? CircleAlert : Clock} small />
        <span class="unseen">{failed ? signs.failed('') : signs.waiting}</span>
      </span>
      {rooms.saidBy(rooms.you) + item.text.replace(/\s+/gu, ' ').trim().slice(0, 200)}
    </>
  );
}
