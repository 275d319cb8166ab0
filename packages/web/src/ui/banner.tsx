import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import './banner.css';

interface BannerProps {
  tone?: 'plain' | 'caution' | 'danger' | 'accent';
  icon?: IconNode;
  children: ComponentChildren;
  /** The next step. */
  action?: ComponentChildren;
  /** status: told when there is time; alert: at once. */
  role?: 'status' | 'alert';
}

/** One line about the state of things. */
export function Banner({ tone = 'plain', icon, children, action, role = 'status' }: BannerProps) {
  return (
    <div class={`banner banner-${tone}`} role={role}>
      {icon === undefined ? null : <Icon of={icon} small />}
      <div class="banner-text">{children}</div>
      {action}
    </div>
  );
}
