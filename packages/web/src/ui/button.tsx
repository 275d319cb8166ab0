import type { IconNode } from 'lucide';
import type { AriaAttributes, ButtonHTMLAttributes, ComponentChildren, Ref } from 'preact';
import { Icon } from './icon.tsx';
import './button.css';

/** `grave` leads to a question whose answer is the `danger`. */
type Kind = 'primary' | 'plain' | 'quiet' | 'grave' | 'danger';

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'icon' | 'size' | 'label'>;

interface ButtonProps extends Native {
  kind?: Kind;
  icon?: IconNode;
  /** Works on it: stays focusable, says so, and does nothing more. */
  busy?: boolean | undefined;
  wide?: boolean | undefined;
  children: ComponentChildren;
  elementRef?: Ref<HTMLButtonElement>;
}

/** A button with words on it. */
export function Button({ kind = 'plain', icon, busy, wide, children, elementRef, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      ref={elementRef ?? null}
      class={`button button-${kind}${wide ? ' button-wide' : ''}`}
      aria-busy={busy ? 'true' : undefined}
      aria-disabled={busy ? 'true' : undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else if (typeof onClick === 'function') onClick(event);
      }}
    >
      {icon === undefined ? null : <Icon of={icon} small />}
      <span>{children}</span>
    </button>
  );
}

interface IconButtonProps extends Native {
  icon: IconNode;
  /** Its name for everybody: read aloud, and shown on hover. */
  label: string;
  kind?: Kind;
  /** The keys that do the same, shown on hover. */
  keys?: string | undefined;
  elementRef?: Ref<HTMLButtonElement>;
}

/** A button with a drawing on it. */
export function IconButton({ icon, label, kind = 'quiet', keys, elementRef, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      ref={elementRef ?? null}
      class={`button button-${kind} button-icon`}
      aria-label={label}
      title={keys === undefined ? label : `${label} (${keys})`}
    >
      <Icon of={icon} />
    </button>
  );
}

interface LinkButtonProps extends AriaAttributes {
  href: string;
  kind?: Kind;
  icon?: IconNode;
  wide?: boolean;
  children: ComponentChildren;
}

/** A link that is the next step, and so looks like a button. */
export function LinkButton({ kind = 'plain', icon, wide, children, ...rest }: LinkButtonProps) {
  return (
    <a {...rest} class={`button button-${kind}${wide ? ' button-wide' : ''}`}>
      {icon === undefined ? null : <Icon of={icon} small />}
      <span>{children}</span>
    </a>
  );
}

/** A drawing that leads somewhere. */
interface IconLinkProps extends AriaAttributes {
  icon: IconNode;
  label: string;
  href: string;
  /** It leads back: to where one came from if that is `href` (`up`), or wherever it was (`any`). */
  'data-back'?: 'up' | 'any';
}

export function IconLink({ icon, label, ...rest }: IconLinkProps) {
  return (
    <a {...rest} class="button button-quiet button-icon" aria-label={label} title={label}>
      <Icon of={icon} />
    </a>
  );
}
