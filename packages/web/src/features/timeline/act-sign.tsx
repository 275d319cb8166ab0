import { CircleAlert, Clock } from 'lucide';
import type { MessageItem, PendingAct } from '@rill/client';
import { isReadable } from '@rill/protocol/message';
import { useLaterWords } from '../../i18n/words.ts';
import { wordsOfAsked } from '../../model/failure.ts';
import { Icon } from '../../ui/icon.tsx';
import type { TimelineActions } from './actions.ts';

/** What was asked of the message and is on its way, or was refused. */
export default function ActSign({
  item,
  act,
  actions,
}: {
  item: MessageItem;
  act: PendingAct;
  actions: TimelineActions;
}) {
  const said = useLaterWords().message.signs;
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
            if (isReadable(item.message)) return void (actions.edits.at.value = item.seq);
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
