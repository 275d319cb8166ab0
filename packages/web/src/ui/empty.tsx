import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import './empty.css';

interface EmptyProps {
  icon?: IconNode;
  title: string;
  children?: ComponentChildren;
  /** What one can do about it. */
  actions?: ComponentChildren;
}

/** A place with nothing in it, which says why, and what to do next. */
export function Empty({ icon, title, children, actions }: EmptyProps) {
  return (
    <div class="empty">
      {icon === undefined ? null : (
        <span class="empty-icon">
          <Icon of={icon} />
        </span>
      )}
      <h2>{title}</h2>
      {children === undefined ? null : <div class="empty-text">{children}</div>}
      {actions === undefined ? null : <div class="empty-actions">{actions}</div>}
    </div>
  );
}
