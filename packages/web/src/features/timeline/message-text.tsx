import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useWords } from '../../i18n/words.ts';
import { isEmojiOnly, partsOf } from './parts.ts';

/** The words of a message: text nodes, links and code, each line in its own direction. */
export function MessageText({ text }: { text: string }) {
  const words = useWords();
  const parts = useMemo(() => partsOf(text), [text]);
  const body = useRef<HTMLDivElement>(null);
  const [long, setLong] = useState(false);
  const [open, setOpen] = useState(false);

  useLayoutEffect(() => {
    const element = body.current;
    // Only a long text can be high, and measuring costs a layout.
    if (element !== null && text.length > 600) setLong(element.scrollHeight > element.clientHeight + 1);
  }, [text]);

  return (
    <>
      <div
        ref={body}
        dir="auto"
        class={`message-text${isEmojiOnly(text) ? ' message-emoji' : ''}${open ? ' message-open' : ''}${long && !open ? ' message-long' : ''}`}
      >
        {parts.map((part, at) => {
          switch (part.kind) {
            case 'link':
              return (
                <a key={at} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
                  {part.text}
                </a>
              );
            case 'code':
              return (
                <code key={at} dir="ltr">
                  {part.text}
                </code>
              );
            case 'block':
              return (
                <pre key={at} dir="ltr" tabIndex={0}>
                  {part.text}
                </pre>
              );
            case 'text':
              return part.text;
          }
        })}
      </div>
      {long ? (
        <button type="button" class="message-more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? words.timeline.showLess : words.timeline.showAll}
        </button>
      ) : null}
    </>
  );
}
