import type { OutboxItem } from '@rill/client';
import { useLaterWords, useTimes, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { wordsOfAsked } from '../../model/failure.ts';
import { useMe } from '../../model/me.ts';
import { roomName } from '../../model/names.ts';
import { useNow } from '../../model/now.ts';
import { paths } from '../../model/paths.ts';
import { go } from '../../platform/location.ts';
import { copyText } from '../../platform/clipboard.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { toast } from '../../ui/toast.ts';

/** Each thing that was refused: what it was, where, why, and what can be done about it. */
export function RefusedList({ items, onClose }: { items: readonly OutboxItem[]; onClose: () => void }) {
  const words = useWords();
  const later = useLaterWords();
  return (
    <Dialog title={later.refused.title} closeLabel={words.app.close} onClose={onClose} size="large">
      <Rows>
        {items.map((item) => (
          <RefusedRow key={item.id} item={item} onLeave={onClose} />
        ))}
      </Rows>
    </Dialog>
  );
}

function RefusedRow({ item, onLeave }: { item: OutboxItem; onLeave: () => void }) {
  const words = useWords();
  const { refused: said, message } = useLaterWords();
  const times = useTimes();
  const now = useNow();
  const client = useClient();
  const me = useMe();
  const rooms = useLiving(client.rooms);
  const room = rooms.list.find(({ id }) => id === item.room);
  const live = client.room(item.room);
  const text = 'text' in item ? item.text : undefined;
  const why = wordsOfAsked(item);
  const what =
    item.kind === 'send' || item.kind === 'read' ? message.signs.failed(why) : message.signs.actFailed[item.kind](why);
  return (
    <Row
      title={what}
      detail={
        <>
          {room === undefined ? null : <bdi>{said.in(roomName(room, me.id, words))} · </bdi>}
          {times.short(item.at, now)}
          {text === undefined ? null : <bdi class="row-quote">{text}</bdi>}
        </>
      }
      actions={
        <>
          {room === undefined ? null : (
            <Button
              onClick={() => {
                onLeave();
                go('seq' in item ? paths.message(item.room, item.seq) : paths.room(item.room));
              }}
            >
              {said.open}
            </Button>
          )}
          {text === undefined ? null : (
            <Button onClick={() => void copyText(text).then((done) => done && toast(words.app.copied))}>
              {message.menu.copy}
            </Button>
          )}
          <Button onClick={() => (item.kind === 'send' ? live.discard(item.nonce) : live.dismiss(item.id))}>
            {item.kind === 'send' ? message.signs.discard : message.signs.dismiss}
          </Button>
        </>
      }
    />
  );
}
