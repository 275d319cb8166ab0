import { Eye, EyeOff } from 'lucide';
import type { ComponentChildren, PartialInputHTMLAttributes, Ref } from 'preact';
import { useId, useState } from 'preact/hooks';
import { IconButton } from './button.tsx';
import { Input } from './native.ts';
import './field.css';

interface Around {
  label: string;
  hint?: ComponentChildren;
  /** What is wrong with it, in a sentence; the field is marked and the sentence is read out. */
  error?: string | undefined;
}

interface FrameProps extends Around {
  id: string;
  children: ComponentChildren;
}

function Frame({ id, label, hint, error, children }: FrameProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {error === undefined ? null : (
        <p id={`${id}-error`} class="field-error" role="alert">
          {error}
        </p>
      )}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

function described(id: string, { hint, error }: Around) {
  const ids = [error === undefined ? '' : `${id}-error`, hint === undefined ? '' : `${id}-hint`]
    .filter(Boolean)
    .join(' ');
  return { id, 'aria-invalid': error === undefined ? undefined : true, 'aria-describedby': ids || undefined } as const;
}

interface FieldProps extends Around, Omit<PartialInputHTMLAttributes<HTMLInputElement>, 'label' | 'onInput' | 'size'> {
  value: string;
  onValue: (value: string) => void;
  elementRef?: Ref<HTMLInputElement>;
}

/** One line of text with its label, its hint and what is wrong with it. */
export function Field({ label, hint, error, value, onValue, elementRef, ...rest }: FieldProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <Input
        dir="auto"
        {...rest}
        {...described(id, { label, hint, error })}
        ref={elementRef ?? null}
        class="input"
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </Frame>
  );
}

interface PasswordProps extends Around {
  value: string;
  onValue: (value: string) => void;
  autocomplete: 'current-password' | 'new-password';
  words: { show: string; hide: string };
  name?: string;
}

/** A password that can be looked at. */
export function PasswordField({ label, hint, error, value, onValue, autocomplete, words, name }: PasswordProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <div class="input-with">
        <Input
          {...described(id, { label, hint, error })}
          class="input"
          type={shown ? 'text' : 'password'}
          name={name ?? 'password'}
          autocomplete={autocomplete}
          autocapitalize="off"
          spellcheck={false}
          required
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={shown ? words.hide : words.show}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        />
      </div>
    </Frame>
  );
}

interface AreaProps extends Around {
  value: string;
  onValue: (value: string) => void;
  rows?: number;
}

/** Several lines of text. */
export function Area({ label, hint, error, value, onValue, rows = 3 }: AreaProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea
        {...described(id, { label, hint, error })}
        class="input"
        dir="auto"
        rows={rows}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </Frame>
  );
}

interface SelectProps<Value extends string> extends Around {
  value: Value;
  onValue: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
  disabled?: boolean;
}

/** One of several, where there are more than fit side by side. */
export function Select<Value extends string>({
  label,
  hint,
  error,
  value,
  onValue,
  options,
  disabled,
}: SelectProps<Value>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <select
        {...described(id, { label, hint, error })}
        class="input"
        disabled={disabled}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen !== undefined) onValue(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}
