import type { MessageItem } from '@rill/client';
import type { RecalledMessage, RemovedMessage, SystemMessage, UserId } from '@rill/protocol';
import { isRecalled } from '@rill/protocol/message';
import { useTimes, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { useMe } from '../../model/me.ts';
import { nameById } from '../../model/names.ts';
import type { TimelineActions } from './actions.ts';
import { noteWords } from '../../model/notes.ts';

/** What happened to the room. */
export function NoticeLine({ message, told }: { message: SystemMessage; told?: readonly UserId[] | undefined }) {
  const words = useWords();
  const times = useTimes();
  const client = useClient();
  const me = useMe();
  useLiving(client.people);
  return (
    <p class="notice" title={times.full(Date.parse(message.at))}>
      {noteWords(message, me.id, words, times, (id) => nameById(client, id, words), told)}
    </p>
  );
}

interface TombstoneProps {
  item: MessageItem;
  message: RecalledMessage | RemovedMessage;
  actions: TimelineActions;
}

/** What stays of a message: who took it back or away; its author may write it again. */
export function Tombstone({ item, message, actions }: TombstoneProps) {
  const words = useWords();
  const client = useClient();
  const me = useMe();
  useLiving(client.people);
  const said = words.timeline;
  if (isRecalled(message)) {
    const text = item.reEdit ? actions.live.reEdit(item.seq) : undefined;
    return (
      <p class="notice">
        {message.recalled.by === me.id
          ? said.recalled.mine
          : said.recalled.other(nameById(client, message.recalled.by, words))}
        {text === undefined ? null : (
          <>
            {' · '}
            <button
              type="button"
              class="notice-act"
              onClick={() => {
                actions.write(text);
                actions.focusComposer();
              }}
            >
              {said.recalled.reEdit}
            </button>
          </>
        )}
      </p>
    );
  }
  const { by, reason } = message.removed;
  return (
    <p class="notice">
      {by === me.id ? said.removed.mine : said.removed.other(nameById(client, by, words))}
      {reason === '' ? null : <bdi class="notice-reason"> · {said.removed.reason(reason)}</bdi>}
    </p>
  );
}
