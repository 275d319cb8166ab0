import { useEffect, useRef, useState } from 'preact/hooks';
import type { MessageItem } from '@rill/client';
import type { Edit } from '@rill/protocol';
import { useLaterWords, useTimes, useWords } from '../../i18n/words.ts';
import { attempt } from '../../model/failure.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Loading } from '../../ui/loading.tsx';
import type { TimelineActions } from './actions.ts';
import { MessageText } from './message-text.tsx';

interface DialogProps {
  item: MessageItem;
  actions: TimelineActions;
  onClose: () => void;
}

/** The row after a message that is about to go, or the one before it: whoever moves by keys goes on from there. */
function neighbourOf(key: string): HTMLElement | null {
  const rows = [...document.querySelectorAll<HTMLElement>('.timeline .message')];
  const at = rows.findIndex((row) => row.dataset['key'] === key);
  return rows[at + 1] ?? rows[at - 1] ?? null;
}

/** Asks before a message is deleted for the reader alone. */
export function HideDialog({ item, actions, onClose }: DialogProps) {
  const words = useWords();
  const said = useLaterWords().message.hideDialog;
  const next = useRef<HTMLElement | null>(null);
  return (
    <Confirm
      next={next}
      title={said.title}
      yes={said.act}
      no={words.app.cancel}
      onClose={onClose}
      onYes={async () => {
        next.current = neighbourOf(item.key);
        // It goes into the outbox: what becomes of it is told at the message itself.
        actions.live.hide(item.seq).catch(() => {});
        return undefined;
      }}
    >
      <p>{said.text}</p>
    </Confirm>
  );
}

/** A moderator takes a message away, and says why. */
export function RemoveDialog({ item, actions, onClose }: DialogProps) {
  const words = useWords();
  const said = useLaterWords().message.removeDialog;
  const [reason, setReason] = useState('');
  return (
    <Confirm
      title={said.title}
      yes={said.act}
      no={words.app.cancel}
      danger
      onClose={onClose}
      onYes={async () => {
        actions.live.remove(item.seq, reason.trim() === '' ? undefined : reason.trim()).catch(() => {});
        return undefined;
      }}
    >
      <p>{said.text}</p>
      <Field label={said.reason} value={reason} onValue={setReason} maxLength={256} />
    </Confirm>
  );
}

/** Every version of an edited message, the newest first. */
export function HistoryDialog({ item, actions, onClose }: DialogProps) {
  const words = useWords();
  const times = useTimes();
  const [edits, setEdits] = useState<readonly Edit[]>();
  const [wrong, setWrong] = useState<string>();
  const said = useLaterWords().message.history;
  useEffect(() => {
    void attempt(async () => setEdits(await actions.live.edits(item.seq))).then(setWrong);
  }, [actions, item.seq]);
  return (
    <Dialog title={said.title} closeLabel={words.app.close} onClose={onClose} size="large">
      {edits === undefined && wrong === undefined ? <Loading label={words.app.loading} /> : null}
      {wrong === undefined ? null : <p role="alert">{wrong}</p>}
      <ol class="versions">
        {edits
          ?.map((edit, at) => (
            <li key={edit.at}>
              <p class="version-when" title={times.full(Date.parse(edit.at))}>
                {at === 0 ? said.original : said.version(times.full(Date.parse(edit.at)))}
              </p>
              <MessageText text={edit.text} />
            </li>
          ))
          .toReversed()}
      </ol>
    </Dialog>
  );
}
