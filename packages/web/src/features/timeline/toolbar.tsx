import { Ellipsis, Pencil, Undo2 } from 'lucide';
import type { MessageItem } from '@rill/client';
import { useLaterWords, useTimes, useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { TimelineActions } from './actions.ts';
import { rightsOf } from './rights.ts';
import { useSeconds } from './seconds.ts';

/** What is near at hand for the message under the pointer. */
export default function Toolbar({ item, actions }: { item: MessageItem; actions: TimelineActions }) {
  const words = useWords();
  const times = useTimes();
  const limits = useClient().server.limits();
  const now = useSeconds(item.mine);
  const rights = rightsOf(item, actions.room(), limits, now);
  const said = useLaterWords().message.menu;
  return (
    <div class="message-tools">
      {rights.recallMs > 0 ? (
        <button
          type="button"
          class="button button-quiet"
          title={said.recall}
          onClick={() => void actions.live.recall(item.seq).catch(() => {})}
        >
          <Icon of={Undo2} small />
          <span class="unseen">{said.recall}</span>
          <span class="message-left">{times.left(rights.recallMs)}</span>
        </button>
      ) : null}
      {rights.edit ? (
        <IconButton
          icon={Pencil}
          label={said.edit}
          onClick={() => {
            actions.edits.at.value = item.seq;
          }}
        />
      ) : null}
      <IconButton
        icon={Ellipsis}
        label={words.app.more}
        aria-haspopup="menu"
        onClick={(event) => actions.open({ name: 'menu', item, at: event.currentTarget })}
      />
    </div>
  );
}
