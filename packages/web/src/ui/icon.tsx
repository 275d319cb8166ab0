import type { IconNode } from 'lucide';
import { h } from 'preact';
import './icon.css';

/** A drawing beside words. It says nothing to a screen reader: the control it stands in has the name. */
export function Icon({ of, small }: { of: IconNode; small?: boolean | undefined }) {
  return (
    <svg
      class={small ? 'icon icon-small' : 'icon'}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
