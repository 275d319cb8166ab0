import { CircleAlert, Clock } from 'lucide';
import type { PendingItem } from '@rill/client';
import { useLaterWords } from '../../i18n/words.ts';
import { wordsOfAsked } from '../../model/failure.ts';
import { Icon } from '../../ui/icon.tsx';
import type { TimelineActions } from './actions.ts';

/** What becomes of a message that is not in the log yet. */
export default function PendingSign({ item, actions }: { item: PendingItem; actions: TimelineActions }) {
  const said = useLaterWords().message.signs;
  const discard = (
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
  );
  if (item.state === 'failed') {
    return (
      <p class="message-sign message-failed" role="alert">
        <Icon of={CircleAlert} small />
        <span>{said.failed(wordsOfAsked(item))}</span>
        <span class="message-sign-acts">
          {actions.room().archived ? null : (
            <button type="button" onClick={() => actions.live.retry(item.nonce)}>
              {said.retry}
            </button>
          )}
          {discard}
        </span>
      </p>
    );
  }
  return (
    <p class="message-sign">
      <Icon of={Clock} small />
      <span>{item.state === 'waiting' ? said.waiting : said.sending}</span>
      {item.untried === true ? discard : null}
    </p>
  );
}
