import type { ComponentChildren } from 'preact';
import './tabs.css';

interface TabsProps<Id extends string> {
  label: string;
  current: Id;
  tabs: readonly { id: Id; label: string; href: string }[];
  /** Goes there without leaving a step in the history for each. */
  onCurrent: (id: Id) => void;
  /** What is in the current part. */
  children: ComponentChildren;
  /** Ways to elsewhere that belong to no part. */
  foot?: ComponentChildren;
}

/** Parts of one page, each with an address: above what is in them or, where there is room, beside it. */
export function Tabs<Id extends string>({ label, current, tabs, onCurrent, children, foot }: TabsProps<Id>) {
  return (
    <div class="tabbed">
      <nav class="tabs" aria-label={label}>
        {tabs.map((tab) => (
          <a
            key={tab.id}
            href={tab.href}
            aria-current={tab.id === current ? 'page' : undefined}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
              event.preventDefault();
              event.stopPropagation();
              onCurrent(tab.id);
            }}
          >
            {tab.label}
          </a>
        ))}
      </nav>
      <div class="tabbed-body">{children}</div>
      {foot === undefined ? null : <div class="tabbed-foot">{foot}</div>}
    </div>
  );
}
