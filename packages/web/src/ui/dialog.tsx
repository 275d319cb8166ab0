import { X } from 'lucide';
import type { ComponentChildren, RefObject } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { hasTouch } from '../platform/keyboard.ts';
import { IconButton } from './button.tsx';
import './dialog.css';

interface DialogProps {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ComponentChildren;
  /** Buttons at the end. */
  actions?: ComponentChildren;
  size?: 'small' | 'large';
  /** Where the focus goes at the end, if what had it goes with what was asked. */
  next?: RefObject<HTMLElement | null> | undefined;
}

/**
 * The browser's own modal dialog: keeps the focus inside, closes on Esc and on a press outside, and gives the
 * focus back to where it was.
 */
export function Dialog({ title, closeLabel, onClose, children, actions, size = 'small', next }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const pressedOutside = useRef(false);
  const close = useRef(onClose);
  close.current = onClose;

  // Before the next key: it must not go to what the dialog lies over.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const before = document.activeElement;
    if (!element.open) element.showModal();
    // Who is asked for something begins there, not at the button that closes.
    if (!hasTouch()) element.querySelector<HTMLElement>('.dialog-content :is(input, textarea)')?.focus();
    return () => {
      element.close();
      const to = next?.current ?? before;
      // What was focused may be gone with the menu it stood in.
      if (to instanceof HTMLElement && to.isConnected) to.focus({ preventScroll: true });
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      class={`dialog dialog-${size}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close.current();
      }}
      onPointerDown={(event) => {
        pressedOutside.current = event.target === dialog.current;
      }}
      onClick={(event) => {
        if (pressedOutside.current && event.target === dialog.current) close.current();
      }}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id={id}>{title}</h2>
          <IconButton icon={X} label={closeLabel} onClick={onClose} />
        </header>
        <div class="dialog-content">{children}</div>
        {actions === undefined ? null : <footer class="dialog-actions">{actions}</footer>}
      </div>
    </dialog>
  );
}
