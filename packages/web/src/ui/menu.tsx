import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';
import { placeBeside } from './place.ts';
import './menu.css';

/** Where a menu opens: beside the control that opened it, or at a point. */
export type MenuPlace = HTMLElement | { readonly x: number; readonly y: number };

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconNode;
  readonly hint?: ComponentChildren;
  readonly danger?: boolean;
  readonly act: () => void;
}

interface MenuProps {
  label: string;
  at: MenuPlace;
  entries: readonly MenuEntry[];
  onClose: () => void;
}

/** A list of what can be done: arrows, Home, End and first letters move; Esc and a press elsewhere close it. */
export function Menu({ label, at, entries, onClose }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  // Before the next key: it must not go to what the menu lies over.
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const before = document.activeElement;
    element.showPopover();
    const stop = placeBeside(at, element);
    element.querySelector<HTMLElement>('[role="menuitem"]')?.focus({ preventScroll: true });
    // `toggle` comes so late that it would close what the next key has opened.
    const toggled = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') close.current();
    };
    element.addEventListener('beforetoggle', toggled);
    return () => {
      stop();
      element.removeEventListener('beforetoggle', toggled);
      const lost = document.activeElement === document.body || element.contains(document.activeElement);
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [at]);

  const move = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const now = items.indexOf(document.activeElement as HTMLElement);
    const to = nextOf(event.key, now, items);
    if (event.key === 'Tab') close.current();
    if (to === undefined) return;
    event.preventDefault();
    items[to]?.focus();
  };

  return (
    <div ref={list} popover="auto" class="menu" role="menu" aria-label={label} tabIndex={-1} onKeyDown={move}>
      {entries.map((entry) => (
        <button
          key={entry.id}
          type="button"
          role="menuitem"
          class={entry.danger ? 'menu-item menu-danger' : 'menu-item'}
          onClick={() => {
            close.current();
            entry.act();
          }}
        >
          {entry.icon === undefined ? null : <Icon of={entry.icon} small />}
          <span class="menu-label">{entry.label}</span>
          {entry.hint === undefined ? null : <span class="menu-hint">{entry.hint}</span>}
        </button>
      ))}
    </div>
  );
}

function nextOf(key: string, now: number, items: readonly HTMLElement[]): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (now + 1) % items.length;
    case 'ArrowUp':
      return (now - 1 + items.length) % items.length;
    case 'Home':
      return 0;
    case 'End':
      return items.length - 1;
    default: {
      if (key.length !== 1 || key === ' ') return undefined;
      const letter = key.toLocaleLowerCase();
      const found = items.findIndex(
        (item, at) => at > now && item.textContent?.trim().toLocaleLowerCase().startsWith(letter),
      );
      return found === -1 ? undefined : found;
    }
  }
}
