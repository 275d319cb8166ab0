import { SendHorizontal } from 'lucide';
import { type RefObject } from 'preact';
import { useId, useLayoutEffect } from 'preact/hooks';
import type { LiveRoom } from '@rill/client';
import type { Room } from '@rill/protocol';
import { isBlank } from '@rill/protocol/text';
import { useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { useSignedIn } from '../../model/me.ts';
import { part } from '../../model/part.tsx';
import { hasTouch, isComposing } from '../../platform/keyboard.ts';
import { IconButton } from '../../ui/button.tsx';
import { GrowingArea } from '../../ui/growing-area.tsx';
import { leftOf } from './length.ts';
import { TypingLine } from './typing-line.tsx';
import { useCompletion } from './use-completion.ts';
import './composer.css';

const CompletionList = part(() => import('./completion-list.tsx'));

interface ComposerProps {
  live: LiveRoom;
  room: Room;
  name: string;
  elementRef: RefObject<HTMLTextAreaElement | null>;
  onEditLast: () => boolean;
  onSent: () => void;
}

/** Where one writes. What is begun stays, a room, until it is sent. */
export function Composer({ live, room, name, elementRef, onEditLast, onSent }: ComposerProps) {
  const words = useWords();
  const client = useClient();
  const { me, drafts } = useSignedIn();
  const id = useId();
  const text = drafts.of(room.id).value;
  const completion = useCompletion({
    writer: { client, room: room.id, me: me.id, words },
    area: elementRef,
    write: (value) => drafts.set(room.id, value),
  });
  const left = leftOf(text, client.server.limits().messageLength);
  const sendable = !isBlank(text) && (left === undefined || left >= 0);

  useLayoutEffect(() => {
    // On a phone the keyboard would come up over what one came to read.
    if (!hasTouch()) elementRef.current?.focus({ preventScroll: true });
    return () => drafts.flush();
  }, [room.id, elementRef, drafts]);

  const send = () => {
    if (!sendable) return;
    live.send(text);
    drafts.set(room.id, '');
    onSent();
    elementRef.current?.focus({ preventScroll: true });
  };
  const keys = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (completion.press(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && text === '' && onEditLast()) {
      event.preventDefault();
    }
  };

  if (room.archived) return <p class="composer-shut">{words.composer.archived}</p>;
  return (
    <div class="composer">
      <TypingLine live={live} />
      {completion.candidates.length === 0 ? null : (
        <CompletionList
          id={`${id}-completion`}
          candidates={completion.candidates}
          at={completion.at}
          square={completion.token?.kind === 'room'}
          onChoose={completion.choose}
        />
      )}
      <div class={left !== undefined && left < 0 ? 'composer-box composer-over' : 'composer-box'}>
        <GrowingArea
          elementRef={elementRef}
          value={text}
          onValue={(value) => {
            drafts.set(room.id, value);
            completion.look();
            if (value !== '') live.typing();
          }}
          aria-label={words.composer.label(name)}
          aria-describedby={`${id}-left`}
          placeholder={words.composer.placeholder(name)}
          enterkeyhint="send"
          autocomplete="off"
          onKeyDown={keys}
          onBlur={completion.close}
          aria-autocomplete="list"
          aria-controls={completion.candidates.length === 0 ? undefined : `${id}-completion`}
          aria-activedescendant={completion.candidates.length === 0 ? undefined : `${id}-completion-${completion.at}`}
        />
        <IconButton
          icon={SendHorizontal}
          kind={sendable ? 'primary' : 'quiet'}
          label={words.composer.send}
          keys="Enter"
          disabled={!sendable}
          // The keyboard of a phone must not close and open again.
          onPointerDown={(event) => event.preventDefault()}
          onClick={send}
        />
      </div>
      <p id={`${id}-left`} class="composer-left" role="status">
        {left === undefined ? '' : left >= 0 ? words.composer.left(left) : words.composer.tooLong(-left)}
      </p>
    </div>
  );
}
