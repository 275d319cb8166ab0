import { ArrowLeft } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
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
  children: ComponentChildren;
}

/** A place with a title, which takes the focus when one comes to it. */
export function Page({ title, back, actions, narrow, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [title]);
  return (
    <div class="page">
      <header class="bar">
        {back === undefined ? null : <IconLink icon={ArrowLeft} href={back.href} label={back.label} />}
        <h1 ref={heading} tabIndex={-1} class="bar-title">
          {title}
        </h1>
        {actions}
      </header>
      <div class="page-scroll">
        <div class={narrow ? 'page-body page-narrow' : 'page-body'}>{children}</div>
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
