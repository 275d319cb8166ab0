import type { ComponentChildren } from 'preact';
import './rows.css';

/** Things of one kind, one below the other. */
export function Rows({ label, children }: { label?: string; children: ComponentChildren }) {
  return (
    <ul class="rows" aria-label={label}>
      {children}
    </ul>
  );
}

interface RowProps {
  sign?: ComponentChildren;
  title: ComponentChildren;
  detail?: ComponentChildren;
  actions?: ComponentChildren;
}

/** One of them: what it is, more of it, and what can be done. */
export function Row({ sign, title, detail, actions }: RowProps) {
  return (
    <li class="row">
      {sign}
      <div class="row-text">
        <div class="row-title">{title}</div>
        {detail === undefined ? null : <div class="row-detail">{detail}</div>}
      </div>
      {actions === undefined ? null : <div class="row-actions">{actions}</div>}
    </li>
  );
}
