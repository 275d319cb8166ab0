import { useEffect, useState } from 'preact/hooks';
import type { PendingItem } from '@rill/client';
import { isReadable, isRecalled, isRemoved } from '@rill/protocol/message';
import { useTimes, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { useMe } from '../../model/me.ts';
import { nameOf } from '../../model/names.ts';
import { useNow } from '../../model/now.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { useLongPress } from '../../ui/long-press.ts';
import { memo } from '../../ui/memo.ts';
import type { TimelineActions } from './actions.ts';
import { EditedSign } from './edited-sign.tsx';
import type { RowItem } from './folding.ts';
import { timeOf } from './grouping.ts';
import { MessageText } from './message-text.tsx';
import { NoticeLine, Tombstone } from './tombstone.tsx';
import { ActSign, EditBox, ImportedSign, PendingSign, Toolbar } from './on-demand.ts';

/** A message that arrives within this time was never seen to be on its way. */
const QUIET_MS = 700;

interface MessageRowProps {
  item: RowItem;
  /** How it stands to the row above; single values, so that an unchanged row is not drawn again. */
  day: boolean;
  fresh: boolean;
  head: boolean;
  /** It is where the arrows are. */
  active: boolean;
  /** Somebody came here by its address. */
  sought: boolean;
  onActive: (key: string) => void;
  actions: TimelineActions;
}

/** One row: what stands between days, then the message in whatever state it is. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { item, day, fresh } = props;
  return (
    <>
      {day || fresh ? <Line day={day ? timeOf(item) : undefined} fresh={fresh} /> : null}
      <MessageBlock {...props} />
    </>
  );
});

/** Between two days, above what is new, or both: one line, not one above the other. */
function Line({ day, fresh }: { day: number | undefined; fresh: boolean }) {
  const words = useWords();
  const times = useTimes();
  const now = useNow();
  return (
    <div class={fresh ? 'line line-fresh' : 'line'} role="separator">
      <span title={day === undefined ? undefined : times.date(day)}>
        {[day === undefined ? '' : times.day(day, now), fresh ? words.timeline.unreadLine : '']
          .filter(Boolean)
          .join(' · ')}
      </span>
    </div>
  );
}

function MessageBlock({ item, head, active, sought, onActive, actions }: MessageRowProps) {
  const words = useWords();
  const times = useTimes();
  const client = useClient();
  const me = useMe();
  const [near, setNear] = useState(false);
  const pending = item.kind === 'pending';
  const message = pending ? undefined : item.message;
  const author = pending ? item.author : item.message.author;
  const user = useLiving(client.people, (people) => people.users.get(author));
  if (user === undefined) client.people.get(author);
  const imported = message !== undefined && message.kind === 'text' ? message.imported : undefined;
  const name = imported?.name ?? (author === me.id ? nameOf(me, words) : nameOf(user, words));
  const at = timeOf(item);
  // Nobody sees it before the pointer is there, and to write it costs more than all the rest of a row.
  const whole = near ? times.full(at) : undefined;
  const press = useLongPress((point) => {
    if (!pending) actions.open({ name: 'menu', item, at: point });
  });
  const gone = message !== undefined && !isReadable(message);
  const editing = !pending && actions.edits.at.value === item.seq && !gone;
  const mine = pending || item.mine;
  const [whoId, whatId, whenId] = ['who', 'what', 'when'].map((part) => `${part}-${item.key}`);

  const what = () => {
    if (pending) return <MessageText text={item.text} />;
    if (item.message.kind === 'system') return <NoticeLine message={item.message} told={item.told} />;
    if (isRecalled(item.message) || isRemoved(item.message)) {
      return <Tombstone item={item} message={item.message} actions={actions} />;
    }
    // What was refused is not what others read.
    const standing = (item.act?.error === undefined ? item.act?.text : undefined) ?? item.message.text;
    if (!editing) return <MessageText text={standing} />;
    const { edits } = actions;
    return (
      <EditBox
        text={edits.textOf(item.seq) ?? item.act?.text ?? standing}
        standing={standing}
        onText={(text) => edits.write(item.seq, text)}
        onSave={save}
        onCancel={stop}
      />
    );
  };
  const stop = () => {
    // The box goes without losing the focus first: nobody would say that nobody is near.
    setNear(false);
    if (!pending) actions.edits.end(item.seq);
    actions.focusComposer();
  };
  const save = (text: string) => {
    stop();
    if (!pending) actions.live.edit(item.seq, text).catch(() => {});
  };

  return (
    <div
      class={`message${head ? ' message-head' : ''}${mine ? ' message-own' : ''}${gone ? ' message-gone' : ''}${sought ? ' message-sought' : ''}`}
      data-key={item.key}
      role="article"
      aria-labelledby={gone ? whatId : `${whoId} ${whatId} ${whenId}`}
      tabIndex={active ? 0 : -1}
      onFocus={() => {
        setNear(true);
        onActive(item.key);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setNear(false);
      }}
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') setNear(true);
      }}
      onPointerLeave={(event) => {
        if (!event.currentTarget.contains(document.activeElement)) setNear(false);
      }}
      {...press}
    >
      <div class="message-gutter">
        {head && !gone ? (
          <Avatar name={name} seed={imported === undefined ? author : imported.name} />
        ) : (
          <time id={whenId} class="message-clock" dateTime={new Date(at).toISOString()} title={whole}>
            {times.clock(at)}
          </time>
        )}
      </div>
      <div class="message-body">
        {head && !gone ? (
          <div class="message-who">
            <bdi id={whoId} class="message-name">
              {name}
            </bdi>
            {imported === undefined ? null : <ImportedSign by={imported.by} name={imported.name} />}
            <time id={whenId} dateTime={new Date(at).toISOString()} title={whole}>
              {times.clock(at)}
            </time>
          </div>
        ) : gone ? null : (
          <span id={whoId} class="unseen">
            {name}
          </span>
        )}
        <div id={whatId} class={pending && item.state !== 'failed' ? 'message-what message-pending' : 'message-what'}>
          {what()}
        </div>
        {pending ? <OnItsWay item={item} actions={actions} /> : null}
        {!pending && isReadable(item.message) && item.message.edits !== undefined ? (
          <EditedSign message={item.message} open={() => actions.open({ name: 'history', item })} />
        ) : null}
        {!pending && item.act !== undefined ? <ActSign item={item} act={item.act} actions={actions} /> : null}
      </div>
      {near && !pending && !editing && item.message.kind === 'text' ? <Toolbar item={item} actions={actions} /> : null}
    </div>
  );
}

/** Says nothing as long as nobody could have seen it. */
function OnItsWay({ item, actions }: { item: PendingItem; actions: TimelineActions }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return late || item.state === 'failed' ? <PendingSign item={item} actions={actions} /> : null;
}
