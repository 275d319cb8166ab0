import type { LiveRoom, TimelineState } from '@rill/client';
import type { Room } from '@rill/protocol';
import type { ComponentChild } from 'preact';
import { useMemo } from 'preact/hooks';
import { useTimes } from '../../i18n/words.ts';
import type { TimelineActions } from './actions.ts';
import { Beginning } from './beginning.tsx';
import type { RowItem } from './folding.ts';
import { standingOf } from './grouping.ts';
import { MessageRow } from './message-row.tsx';
import { OlderFailed } from './on-demand.ts';

interface RowsOptions {
  live: LiveRoom;
  room: Room;
  name: string;
  items: readonly RowItem[];
  state: Pick<TimelineState, 'older' | 'firstUnread'>;
  /** The row that has the keys; -1: the last. */
  activeAt: number;
  /** Key of the row somebody came for. */
  sought: string | undefined;
  onActive: (key: string) => void;
  actions: TimelineActions;
}

/**
 * Draws a row. The list asks for all it shows each time it measures or moves, several times a message: it is given what it was
 * given before, which is not gone over again. That lives no longer than what it was made of: a row that is kept keeps all that
 * once stood beside it.
 */
export function useRows(options: RowsOptions): (item: RowItem, index: number) => ComponentChild {
  const { live, name, items, activeAt, sought, onActive, actions } = options;
  const { older, firstUnread } = options.state;
  const times = useTimes();
  // What happens to the room is told by its first row alone.
  const room = older.name === 'end' ? options.room : undefined;
  return useMemo(() => {
    const drawn = new Map<RowItem, ComponentChild>();
    const draw = (item: RowItem, index: number) => (
      <div key={item.key} class="timeline-row">
        {index > 0 ? null : room !== undefined ? (
          <Beginning room={room} name={name} />
        ) : older.name === 'failed' ? (
          <OlderFailed onRetry={() => void live.timeline.loadOlder()} />
        ) : null}
        <MessageRow
          {...standingOf(item, items[index - 1], firstUnread, times)}
          item={item}
          active={activeAt === -1 ? index === items.length - 1 : index === activeAt}
          sought={item.key === sought}
          onActive={onActive}
          actions={actions}
        />
      </div>
    );
    return (item, index) => {
      if (!drawn.has(item)) drawn.set(item, draw(item, index));
      return drawn.get(item);
    };
  }, [live, room, name, items, older.name, firstUnread, activeAt, sought, onActive, actions, times]);
}
