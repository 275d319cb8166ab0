import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import './choice.css';

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  onValue: (value: Value) => void;
  options: readonly { value: Value; label: string; hint?: string }[];
  disabled?: boolean;
}

/** One of a few, all in sight. */
export function Choice<Value extends string>({ label, value, onValue, options, disabled }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset class="choice" disabled={disabled}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} class="choice-row">
          <input type="radio" name={name} checked={option.value === value} onChange={() => onValue(option.value)} />
          <span>
            <span class="choice-label">{option.label}</span>
            {option.hint === undefined ? null : <span class="choice-hint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface SwitchProps {
  label: string;
  hint?: ComponentChildren;
  checked: boolean;
  onValue: (checked: boolean) => void;
  disabled?: boolean;
}

/** On or off, at once. */
export function Switch({ label, hint, checked, onValue, disabled }: SwitchProps) {
  const id = useId();
  return (
    <div class="switch-row">
      <div>
        <label for={id}>{label}</label>
        {hint === undefined ? null : (
          <p id={`${id}-hint`} class="choice-hint">
            {hint}
          </p>
        )}
      </div>
      <input
        id={id}
        class="switch"
        type="checkbox"
        role="switch"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onValue(event.currentTarget.checked)}
      />
    </div>
  );
}
