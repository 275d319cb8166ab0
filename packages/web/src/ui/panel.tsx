import { X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconLink } from './button.tsx';
import './bar.css';
import './panel.css';

interface PanelProps {
  title: string;
  close: { href: string; label: string };
  children: ComponentChildren;
}

/** The third column: it comes, takes the focus, and goes. On a phone it is the screen. */
export function Panel({ title, close, children }: PanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div class="panel">
      <header class="bar">
        <h1 ref={heading} tabIndex={-1} class="bar-title">
          {title}
        </h1>
        <IconLink icon={X} href={close.href} label={close.label} data-back="up" />
      </header>
      <div class="panel-scroll">{children}</div>
    </div>
  );
}
