import { useEffect, useRef } from 'preact/hooks';

const HELD_MS = 450;
const STILL_PX = 10;

/**
 * A finger that stays: iOS tells nobody, Android sends `contextmenu`. Handlers for an element on which both mean
 * "what can be done with this?"; `open` gets the point. A mouse's right button comes the same way.
 */
export function useLongPress(open: (point: { x: number; y: number }) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const from = useRef({ x: 0, y: 0 });
  const opened = useRef(false);
  const stop = () => clearTimeout(timer.current);
  useEffect(() => stop, []);

  return {
    onTouchStart(event: TouchEvent) {
      const touch = event.touches[0];
      opened.current = false;
      if (touch === undefined || event.touches.length > 1) return stop();
      from.current = { x: touch.clientX, y: touch.clientY };
      timer.current = setTimeout(() => {
        opened.current = true;
        open(from.current);
      }, HELD_MS);
    },
    onTouchMove(event: TouchEvent) {
      const touch = event.touches[0];
      if (touch === undefined) return;
      if (Math.hypot(touch.clientX - from.current.x, touch.clientY - from.current.y) > STILL_PX) stop();
    },
    onTouchEnd(event: TouchEvent) {
      stop();
      // The finger that opened the menu must not press what is under it now.
      if (opened.current) event.preventDefault();
    },
    onTouchCancel: stop,
    onContextMenu(event: MouseEvent) {
      stop();
      if (opened.current) return event.preventDefault();
      // Text that is selected, or a link: the browser's own menu is what is wanted.
      const selected = getSelection()?.isCollapsed === false;
      if (selected || (event.target instanceof Element && event.target.closest('a, textarea, input') !== null)) return;
      event.preventDefault();
      open({ x: event.clientX, y: event.clientY });
    },
  };
}
