import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isBlank } from '@rill/protocol/text';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { isComposing } from '../../platform/keyboard.ts';
import { Button } from '../../ui/button.tsx';
import { GrowingArea } from '../../ui/growing-area.tsx';

interface EditBoxProps {
  /** What is to be edited: of an edit that was refused, its words. */
  text: string;
  /** What the message says now; saving the same is no edit. */
  standing: string;
  onText: (text: string) => void;
  onSave: (text: string) => void;
  onCancel: () => void;
}

/** A message being changed where it stands. */
export default function EditBox({ text, standing, onText, onSave, onCancel }: EditBoxProps) {
  const words = useWords();
  const { message: said } = useLaterWords();
  const area = useRef<HTMLTextAreaElement>(null);
  const [value, setValue] = useState(text);
  useLayoutEffect(() => {
    const element = area.current;
    element?.focus({ preventScroll: true });
    element?.setSelectionRange(element.value.length, element.value.length);
    element?.scrollIntoView({ block: 'nearest' });
  }, []);

  const save = () => {
    // Who empties it may mean to take it back: that is done elsewhere, and is said.
    if (isBlank(value)) return;
    if (value === standing) onCancel();
    else onSave(value);
  };
  const keys = (event: KeyboardEvent) => {
    // What is typed here is nobody else's; Ctrl K and the like are everybody's.
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      onCancel();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  };

  return (
    <div class="edit-box">
      <div class="edit-area">
        <GrowingArea
          elementRef={area}
          value={value}
          onValue={(now) => {
            setValue(now);
            onText(now);
          }}
          aria-label={said.edit.label}
          enterkeyhint="done"
          onKeyDown={keys}
        />
      </div>
      <div class="edit-foot">
        <span class="edit-hint" role="status">
          {isBlank(value) ? said.edit.empty : said.edit.hint}
        </span>
        <Button onClick={onCancel}>{words.app.cancel}</Button>
        <Button kind="primary" onClick={save} disabled={isBlank(value)}>
          {said.edit.save}
        </Button>
      </div>
    </div>
  );
}
