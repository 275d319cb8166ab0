import type { TimelineItem } from '@rill/client';
import { isReadable } from '@rill/protocol/message';
import type { TimelineActions } from './actions.ts';

interface Moving {
  readonly items: readonly TimelineItem[];
  /** Where the arrows are, also before it is drawn: keys come faster. -1: nowhere yet, which is the newest. */
  readonly activeAt: number;
  readonly actions: TimelineActions;
  readonly go: (index: number) => void;
  readonly toEnd: () => void;
}

/** False where there is no such row. */
function focusRow(scroller: HTMLElement, key: string): boolean {
  const row = [...scroller.querySelectorAll<HTMLElement>('.message')].find((each) => each.dataset['key'] === key);
  row?.focus({ preventScroll: true });
  return row !== undefined;
}

/** Keys while a message has the focus: arrows move, letters do what the menu does. */
export function moveIn(
  event: KeyboardEvent,
  scroller: HTMLElement | null,
  { items, activeAt: at, actions, go, toEnd }: Moving,
): void {
  if (event.altKey || event.ctrlKey || event.metaKey || scroller === null) return;
  const row =
    event.target instanceof HTMLElement && event.target.classList.contains('message') ? event.target : undefined;
  if (row === undefined) return;
  const activeAt = at === -1 ? items.length - 1 : at;
  const item = items[activeAt];
  const moveTo = (index: number) => {
    const key = items[index]?.key;
    if (key === undefined) return;
    go(index);
    // The row may only now come into being.
    if (!focusRow(scroller, key)) requestAnimationFrame(() => focusRow(scroller, key));
  };
  switch (event.key) {
    case 'ArrowUp':
      moveTo(activeAt - 1);
      break;
    case 'ArrowDown':
      if (activeAt === items.length - 1) actions.focusComposer();
      else moveTo(activeAt + 1);
      break;
    case 'PageUp':
      moveTo(Math.max(0, activeAt - 10));
      break;
    case 'PageDown':
      moveTo(Math.min(items.length - 1, activeAt + 10));
      break;
    case 'End':
      toEnd();
      moveTo(items.length - 1);
      break;
    case 'Escape':
      actions.focusComposer();
      break;
    case 'Enter':
    case ' ':
    case 'ContextMenu':
      if (item?.kind === 'message') actions.open({ name: 'menu', item, at: row });
      break;
    case 'e':
      if (item?.kind === 'message' && item.mine && isReadable(item.message)) actions.edits.at.value = item.seq;
      break;
    case 'c':
      if (item?.kind === 'message' && isReadable(item.message)) actions.copy(item.message.text);
      break;
    default:
      return;
  }
  event.preventDefault();
  event.stopPropagation();
}
