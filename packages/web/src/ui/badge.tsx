import './badge.css';

interface BadgeProps {
  count: number;
  /** What is counted, for who cannot see where it stands. */
  label: string;
  /** It counts, but does not call. */
  muted?: boolean;
}

/** How many wait. Nothing waits: nothing is there. */
export function Badge({ count, label, muted }: BadgeProps) {
  if (count === 0) return null;
  return (
    <span class={muted ? 'badge badge-muted' : 'badge'}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span class="unseen">{label}</span>
    </span>
  );
}

/** A word about something: its role, its state. */
export function Tag({ children, tone = 'plain' }: { children: string; tone?: 'plain' | 'accent' | 'danger' }) {
  return <span class={`tag tag-${tone}`}>{children}</span>;
}
