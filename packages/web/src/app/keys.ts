import { useEffect, useRef } from 'preact/hooks';
import { useClient } from '../model/client.ts';
import { isListed } from '../model/last-room.ts';
import { paths } from '../model/paths.ts';
import { go, goBack } from '../platform/location.ts';
import { isComposing, isTyping } from '../platform/keyboard.ts';
import { opened } from './opened.ts';
import { roomBeside } from './room-beside.ts';
import type { Route } from './route.ts';

interface KeyActs {
  openSwitcher: () => void;
  openKeys: () => void;
}

/** `?` is a letter while one writes; there it is Ctrl or ⌘ with `/`. */
function asksForKeys(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey) return event.key === '/';
  return (event.key === '?' || event.key === '？') && !isTyping(event.target);
}

/** Keys that work everywhere. */
export function useKeys(route: Route, acts: KeyActs): void {
  const client = useClient();
  const latest = useRef({ route, acts });
  latest.current = { route, acts };

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event)) return;
      const now = latest.current;
      const modal = document.querySelector('dialog[open], [popover]:popover-open') !== null;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        if (!modal) now.acts.openSwitcher();
      } else if (modal) {
        return;
      } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        const room = roomBeside(
          client.rooms.snapshot().list.filter(isListed),
          now.route.name === 'room' ? now.route.room : undefined,
          event.key === 'ArrowDown' ? 1 : -1,
          event.shiftKey,
        );
        if (room !== undefined) go(paths.room(room.id));
      } else if (event.key === 'Escape' && now.route.name === 'room' && now.route.panel !== undefined) {
        goBack(paths.room(now.route.room));
        document.querySelector<HTMLElement>('.composer textarea')?.focus({ preventScroll: true });
      } else if (asksForKeys(event)) {
        now.acts.openKeys();
      } else return;
      event.preventDefault();
    };
    const hold = (event: KeyboardEvent) => {
      // What was asked for is on its way: what is meant for it must not be written into a message, and sent.
      if (opened.value === undefined || !isTyping(event.target) || document.querySelector('dialog[open]') !== null)
        return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Escape') opened.value = undefined;
    };
    addEventListener('keydown', hold, true);
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', hold, true);
      removeEventListener('keydown', press);
    };
  }, [client]);
}
