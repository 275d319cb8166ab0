import { hueOf, initialsOf } from './avatar.ts';
import './avatar.css';

interface AvatarProps {
  name: string;
  /** What the colour is taken from: an id, so that a new name keeps its colour. */
  seed: string;
  size?: 'small' | 'large';
  square?: boolean;
  /** A small sign at its corner. What it means must be said in words beside it. */
  dot?: 'full' | 'hollow' | undefined;
}

/** Somebody's sign until there is a picture. The name stands beside it, so it is not read out. */
export function Avatar({ name, seed, size, square, dot }: AvatarProps) {
  const sign = (
    <span
      class={`avatar${size === undefined ? '' : ` avatar-${size}`}${square ? ' avatar-square' : ''}`}
      data-hue={hueOf(seed)}
      aria-hidden="true"
    >
      {initialsOf(name, square)}
    </span>
  );
  if (dot === undefined) return sign;
  return (
    <span class="avatar-dotted">
      {sign}
      <span class={`avatar-dot avatar-dot-${dot}`} aria-hidden="true" />
    </span>
  );
}
