import { hueOf, initialsOf } from './avatar.ts';
import './avatar.css';

interface AvatarProps {
  name: string;
  /** What the colour is taken from: an id, so that a new name keeps its colour. */
  seed: string;
  size?: 'small' | 'large';
  square?: boolean;
}

/** Somebody's sign until there is a picture. The name stands beside it, so it is not read out. */
export function Avatar({ name, seed, size, square }: AvatarProps) {
  return (
    <span
      class={`avatar${size === undefined ? '' : ` avatar-${size}`}${square ? ' avatar-square' : ''}`}
      data-hue={hueOf(seed)}
      aria-hidden="true"
    >
      {initialsOf(name, square)}
    </span>
  );
}
