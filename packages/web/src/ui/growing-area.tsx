import type { RefObject, TextareaHTMLAttributes } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import './growing-area.css';

interface GrowingAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onInput' | 'ref'> {
  value: string;
  onValue: (value: string) => void;
  elementRef: RefObject<HTMLTextAreaElement | null>;
}

/** A text area as high as its text, up to where it scrolls. */
export function GrowingArea({ value, onValue, elementRef, ...rest }: GrowingAreaProps) {
  useLayoutEffect(() => {
    const area = elementRef.current;
    if (area === null || CSS.supports('field-sizing', 'content')) return;
    area.style.blockSize = 'auto';
    area.style.blockSize = `${area.scrollHeight}px`;
  }, [value, elementRef]);
  return (
    <textarea
      dir="auto"
      rows={1}
      {...rest}
      ref={elementRef}
      class="growing-area"
      value={value}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  );
}
