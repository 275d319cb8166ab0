import { CircleAlert, Clock } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { MessageItem, PendingAct, PendingItem } from '@rill/client';
import type { TextMessage } from '@rill/protocol';
import { isReadable } from '@rill/protocol/message';
import { useTimes, useWords } from '../../i18n/words.ts';
import { wordsOfAsked } from '../../model/failure.ts';
import { Icon } from '../../ui/icon.tsx';
import type { TimelineActions } from './actions.ts';

/** A message that arrives within this time was never seen to be on its way. */
const QUIET_MS = 700;

/** What becomes of a message that is not in the log yet. */
export function PendingSign({ item, actions }: { item: PendingItem; actions: TimelineActions }) {
  const words = useWords();
  const said = words.timeline;
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  if (item.state === 'failed') {
    return (
      <p class="message-sign message-failed" role="alert">
        <Icon of={CircleAlert} small />
        <span>{said.failed(wordsOfAsked(item))}</span>
        <button type="button" onClick={() => actions.live.retry(item.nonce)}>
          {said.retry}
        </button>
        <button
          type="button"
          onClick={() => {
            const text = actions.live.discard(item.nonce);
            if (text !== undefined) actions.write(text);
            actions.focusComposer();
          }}
        >
          {said.discard}
        </button>
      </p>
    );
  }
  if (!late) return null;
  return (
    <p class="message-sign">
      <Icon of={Clock} small />
      <span>{item.state === 'waiting' ? said.waiting : said.sending}</span>
    </p>
  );
}

/** That it was edited; opens what it was. */
export function EditedSign({ message, open }: { message: TextMessage; open: () => void }) {
  const words = useWords();
  const times = useTimes();
  const when = message.editedAt === undefined ? '' : times.full(Date.parse(message.editedAt));
  return (
    <button
      type="button"
      class="message-edited"
      title={words.timeline.editedAt(when)}
      aria-label={words.timeline.editedAt(when)}
      onClick={open}
    >
      {words.timeline.edited}
    </button>
  );
}

/** What was asked of the message and is on its way, or was refused. */
export function ActSign({ item, act, actions }: { item: MessageItem; act: PendingAct; actions: TimelineActions }) {
  const words = useWords();
  const said = words.timeline;
  if (act.error === undefined) {
    return (
      <p class="message-sign">
        <Icon of={Clock} small />
        <span class="unseen">{said.waiting}</span>
      </p>
    );
  }
  return (
    <p class="message-sign message-failed" role="alert">
      <Icon of={CircleAlert} small />
      <span>{said.actFailed[act.kind](wordsOfAsked(act))}</span>
      {act.kind === 'edit' && act.text !== undefined ? (
        <button
          type="button"
          onClick={() => {
            if (isReadable(item.message)) return void (actions.editing.value = item.seq);
            // Of the message nothing is left; of what was written everything.
            actions.write(act.text ?? '');
            actions.live.dismiss(act.id);
            actions.focusComposer();
          }}
        >
          {said.keepEdit}
        </button>
      ) : null}
      <button type="button" onClick={() => actions.live.dismiss(act.id)}>
        {said.dismiss}
      </button>
    </p>
  );
}
