import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import './empty.css';

interface EmptyProps {
  icon?: IconNode;
  /** In place of an icon: what somebody or something is known by. */
  sign?: ComponentChildren;
  title: ComponentChildren;
  children?: ComponentChildren;
  /** What one can do about it. */
  actions?: ComponentChildren;
  /** It is all there is on the page. */
  whole?: boolean;
}

/** A place with nothing in it, which says why, and what to do next. */
export function Empty({ icon, sign, title, children, actions, whole }: EmptyProps) {
  const Heading = whole ? 'h1' : 'h2';
  return (
    <div class="empty">
      {icon === undefined ? null : (
        <span class="empty-icon">
          <Icon of={icon} />
        </span>
      )}
      {sign}
      <Heading>{title}</Heading>
      {children === undefined ? null : <div class="empty-text">{children}</div>}
      {actions === undefined ? null : <div class="empty-actions">{actions}</div>}
    </div>
  );
}
