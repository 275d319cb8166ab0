import { ArrowLeft } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { hasTouch } from '../platform/keyboard.ts';
import { IconLink } from './button.tsx';
import './bar.css';
import './form.css';
import './page.css';

interface PageProps {
  title: string;
  back?: { href: string; label: string };
  actions?: ComponentChildren;
  /** A column one reads from top to bottom. */
  narrow?: boolean;
  /** One comes to fill in its first field, and not only to read. */
  fill?: boolean;
  children: ComponentChildren;
}

/** A place with a title, which takes the focus when one comes to it; where there is something to fill in, that. */
export function Page({ title, back, actions, narrow, fill, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // Under a thumb it would call the keyboard, and hide the page one has come to.
    const field = fill && !hasTouch() ? body.current?.querySelector('input') : undefined;
    (field ?? heading.current)?.focus({ preventScroll: true });
  }, []);
  return (
    <div class="page">
      <header class="bar">
        {back === undefined ? null : <IconLink icon={ArrowLeft} href={back.href} label={back.label} data-back="any" />}
        <h1 ref={heading} tabIndex={-1} class="bar-title">
          {title}
        </h1>
        {actions}
      </header>
      <div class="page-scroll">
        <div ref={body} class={narrow ? 'page-body page-narrow' : 'page-body'}>
          {children}
        </div>
      </div>
    </div>
  );
}

/** A part of a page under its own heading. */
export function Section({ title, lead, children }: { title: string; lead?: string; children: ComponentChildren }) {
  return (
    <section class="section">
      <h2>{title}</h2>
      {lead === undefined ? null : <p class="form-lead">{lead}</p>}
      {children}
    </section>
  );
}
