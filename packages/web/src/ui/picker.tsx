import { X } from 'lucide';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import './field.css';
import './picker.css';

/** Something that can be picked. */
export interface Option {
  readonly id: string;
  readonly name: string;
  /** What tells two of the same name apart. */
  readonly detail: string;
  /** It is shown, and says why it cannot be picked. */
  readonly refused?: string | undefined;
}

interface PickerProps {
  label: string;
  words: {
    placeholder: string;
    none: string;
    remove: (name: string) => string;
    picked: (names: readonly string[]) => string;
    found: (count: number) => string;
  };
  picked: readonly Option[];
  onPicked: (picked: readonly Option[]) => void;
  search: (q: string) => Promise<readonly Option[]>;
  most: number;
}

const WAIT_MS = 120;

/** Several of many, by typing: a combobox with what was picked before it. */
export function Picker({ label, words, picked, onPicked, search, most }: PickerProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly Option[]>();
  const [at, setAt] = useState(0);
  const asked = useRef(search);
  asked.current = search;

  useEffect(() => {
    let over = false;
    const timer = setTimeout(() => {
      asked.current(text.trim()).then(
        (options) => {
          if (over) return;
          setFound(options);
          setAt(0);
        },
        () => {
          if (!over) setFound([]);
        },
      );
    }, WAIT_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [text]);

  const left = (found ?? []).filter((option) => !picked.some((each) => each.id === option.id));
  const pick = (option: Option | undefined) => {
    if (option === undefined || option.refused !== undefined || picked.length >= most) return;
    onPicked([...picked, option]);
    setText('');
    input.current?.focus();
  };

  const keys = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, left.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && left[at] !== undefined && text.trim() !== '') pick(left[at]);
    else if (event.key === 'Backspace' && text === '' && picked.length > 0) onPicked(picked.slice(0, -1));
    else return;
    event.preventDefault();
  };

  return (
    <div class="picker">
      <label for={id}>{label}</label>
      <div class="picker-box input">
        {picked.map((option) => (
          <button
            key={option.id}
            type="button"
            class="picker-chip"
            aria-label={words.remove(option.name)}
            onClick={() => onPicked(picked.filter((each) => each.id !== option.id))}
          >
            <bdi>{option.name}</bdi>
            <Icon of={X} small />
          </button>
        ))}
        <input
          id={id}
          ref={input}
          dir="auto"
          role="combobox"
          aria-expanded={left.length > 0}
          aria-controls={`${id}-found`}
          aria-activedescendant={left[at] === undefined ? undefined : `${id}-${left[at].id}`}
          aria-autocomplete="list"
          autocomplete="off"
          placeholder={picked.length === 0 ? words.placeholder : undefined}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={keys}
        />
      </div>
      <div id={`${id}-found`} class="picker-found" role="listbox" aria-label={label}>
        {left.map((option, index) => (
          <div
            key={option.id}
            id={`${id}-${option.id}`}
            role="option"
            class={index === at ? 'picker-option picker-at' : 'picker-option'}
            aria-selected={index === at}
            aria-disabled={option.refused !== undefined}
            tabIndex={-1}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => pick(option)}
          >
            <Avatar name={option.name} seed={option.id} />
            <span class="picker-names">
              <bdi>{option.name}</bdi>
              <bdi class="picker-detail">{option.refused ?? option.detail}</bdi>
            </span>
          </div>
        ))}
      </div>
      {found !== undefined && left.length === 0 && text.trim() !== '' ? <p class="field-hint">{words.none}</p> : null}
      <p class="unseen" role="status">
        {found === undefined ? '' : `${words.found(left.length)} ${words.picked(picked.map((option) => option.name))}`}
      </p>
    </div>
  );
}
