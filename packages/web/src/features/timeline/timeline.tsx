import { ArrowDown } from 'lucide';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { LiveRoom, MessageItem, TimelineItem } from '@rill/client';
import type { Room } from '@rill/protocol';
import { isReadable } from '@rill/protocol/message';
import { Virtualizer } from 'virtua';
import { useWords } from '../../i18n/words.ts';
import { useLiving } from '../../model/client.ts';
import type { Edits } from '../../model/edits.ts';
import { isLookedAt, watchLook } from '../../platform/presence.ts';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { toast } from '../../ui/toast.ts';
import type { Opened, TimelineActions } from './actions.ts';
import { Announcer } from './announcer.tsx';
import { Beginning } from './beginning.tsx';
import { useFollow } from './follow.ts';
import { createFolding } from './folding.ts';
import { ActSign, EditBox, OlderFailed, OpenedOver, PendingSign, QUIET_MS, Toolbar, withHands } from './on-demand.ts';
import { useRows } from './rows.tsx';
import { useSought } from './sought.ts';
import './timeline.css';
import './message.css';

/** So much is drawn beyond what is in sight: at the end what comes next, elsewhere as far as one turn of a wheel goes. */
const BEYOND_PX = { atEnd: 200, away: 1_000 };

/** A message as it is now: what it was when its menu was opened may be over. */
function nowOf(item: MessageItem, items: readonly TimelineItem[]): MessageItem {
  const now = items.find((each) => each.key === item.key);
  return now?.kind === 'message' ? now : item;
}

interface TimelineProps {
  live: LiveRoom;
  room: Room;
  name: string;
  /** The message whose address was opened. */
  seq?: number | undefined;
  edits: Edits;
  onWrite: (text: string) => void;
  onFocusComposer: () => void;
}

/** The conversation, as far as it is loaded. */
export function Timeline({ live, room, name, seq, edits, onWrite, onFocusComposer }: TimelineProps) {
  const words = useWords();
  const state = useLiving(live.timeline);
  const [opened, setOpened] = useState<Opened>();
  const [active, setActive] = useState<string>();
  const chosen = useRef<string>(undefined);
  const choose = useCallback((key: string | undefined) => {
    chosen.current = key;
    setActive(key);
  }, []);
  const scroller = useRef<HTMLDivElement>(null);
  const latest = useRef({ room, onWrite, onFocusComposer });
  latest.current = { room, onWrite, onFocusComposer };

  const actions = useMemo<TimelineActions>(
    () => ({
      live,
      room: () => latest.current.room,
      edits,
      open: setOpened,
      write: (text) => latest.current.onWrite(text),
      focusComposer: () => latest.current.onFocusComposer(),
      copy: (text) =>
        withHands(({ copyText }) => void copyText(text).then((copied) => copied && toast(words.app.copied))),
    }),
    [live, edits, words],
  );

  useEffect(() => {
    // What a press opens must be there when it is pressed, and what tells of a waiting message when the line goes.
    const timer = setTimeout(() => {
      for (const soon of [Toolbar, OpenedOver, EditBox, PendingSign, ActSign, OlderFailed]) soon.preload();
      withHands(() => {});
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, []);

  const seen = useRef(0);
  const markSeen = () => {
    // On a phone a panel takes the place of the conversation.
    const isShown = () => scroller.current?.checkVisibility({ visibilityProperty: true });
    if (seen.current > latest.current.room.readSeq && isLookedAt() && isShown()) live.markRead(seen.current);
  };
  // It may be there again.
  useEffect(markSeen);
  useEffect(() => watchLook((looked) => looked && markSeen()), [live]);
  const fold = useMemo(createFolding, [live]);
  const items = useMemo(() => fold(state.items), [fold, state.items]);
  const follow = useFollow({
    state: { ...state, items },
    scroller,
    loadOlder: () => void live.timeline.loadOlder(),
    loadNewer: () => void live.timeline.loadNewer(),
    onSeen: (last) => {
      seen.current = last;
      markSeen();
    },
  });

  const { isFollowing } = follow;
  useEffect(
    () =>
      live.subscribe(() => {
        const now = live.snapshot();
        // What comes under the reader's eyes is read as it comes: no badge lights up for a moment.
        if (now.name !== 'present' || now.room.seq !== seen.current + 1 || !isFollowing()) return;
        seen.current += 1;
        markSeen();
      }),
    [live],
  );

  const [sought, forgetSought] = useSought({ live, seq, goTo: follow.goTo });
  const toEnd = () => {
    forgetSought();
    void live.timeline.toEnd().then(() => follow.toEnd());
  };
  const indexOf = (key: string | undefined) => (key === undefined ? -1 : items.findIndex((item) => item.key === key));
  const activeAt = indexOf(active);
  // Both stay where they are, also out of sight: one has the keys, in the other somebody writes.
  const editedAt =
    edits.at.value === undefined
      ? -1
      : items.findIndex((item) => item.kind === 'message' && item.seq === edits.at.value);
  useEffect(
    () =>
      edits.endAll((seq) =>
        items.some((item) => item.kind === 'message' && item.seq === seq && !isReadable(item.message)),
      ),
    [edits, items],
  );
  const rows = useRows({ live, room, name, items, state, activeAt, sought, onActive: choose, actions });
  const news = Array.from({ length: follow.news }, (_, at) => items.length - 1 - at);
  const stay = [...new Set([activeAt, editedAt, ...news])].filter((at) => at >= 0).sort((a, b) => a - b);

  return (
    <div class="timeline-frame">
      <Announcer state={state} />
      <div
        ref={scroller}
        class="timeline"
        role="region"
        aria-label={words.timeline.label(name)}
        onCopy={(event) => withHands(({ cleanCopy }) => cleanCopy(event, scroller.current))}
        onKeyDown={(event) =>
          withHands(({ moveIn }) =>
            moveIn(event, scroller.current, {
              items,
              activeAt: indexOf(chosen.current),
              actions,
              toEnd,
              go: (index) => {
                choose(items[index]?.key);
                follow.handle.current?.scrollToIndex(index, { align: 'nearest' });
              },
            }),
          )
        }
      >
        {state.name === 'empty' && items.length === 0 && state.older.name !== 'end' ? (
          <Loading label={words.timeline.loading} lines={6} />
        ) : null}
        {items.length === 0 && state.older.name === 'end' ? <Beginning room={room} name={name} /> : null}
        <div class="timeline-push" />
        <Virtualizer
          ref={follow.handle}
          as={follow.List}
          item="li"
          data={items}
          shift={follow.shift}
          bufferSize={follow.atEnd ? BEYOND_PX.atEnd : BEYOND_PX.away}
          keepMounted={stay}
          onScroll={follow.onScroll}
          onResize={follow.onResize}
        >
          {rows}
        </Virtualizer>
      </div>
      {follow.atEnd || items.length === 0 ? null : (
        <button type="button" class="to-end" aria-label={words.timeline.toNewest} onClick={toEnd}>
          {room.unread === 0 ? null : <span>{words.timeline.newBelow(room.unread)}</span>}
          <Icon of={ArrowDown} small />
        </button>
      )}
      {opened === undefined ? null : (
        <OpenedOver
          opened={{ ...opened, item: nowOf(opened.item, items) }}
          actions={actions}
          onClose={() => setOpened((now) => (now === opened ? undefined : now))}
        />
      )}
    </div>
  );
}
