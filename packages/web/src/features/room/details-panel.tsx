import { useState } from 'preact/hooks';
import type { LiveRoom } from '@rill/client';
import type { Involvement, Room } from '@rill/protocol';
import { useLaterWords, useTimes, useWords } from '../../i18n/words.ts';
import { attempt } from '../../model/failure.ts';
import { forgetLastRoom } from '../../model/last-room.ts';
import { paths } from '../../model/paths.ts';
import { go } from '../../platform/location.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Area, Field, Select } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { toast } from '../../ui/toast.ts';
import '../../ui/form.css';
import './details-panel.css';

/** Times one may choose from; a room's own other time stays in the list. */
const RECALL_SECONDS = [0, 120, 300, 3_600, 86_400, 604_800, 31_536_000];

/** What a room is called, what it decides for itself, what of it calls the reader, and the ways out. */
export default function DetailsPanel({ live, room, name }: { live: LiveRoom; room: Room; name: string }) {
  const words = useWords();
  const [asking, setAsking] = useState<'leave' | 'archive'>();
  const said = useLaterWords().details;
  const alone = room.members === 1;
  const moderates = room.kind !== 'direct' && room.role !== 'member';

  const involve = async (involvement: Involvement) => {
    const failure = await attempt(() => live.setInvolvement(involvement));
    if (failure !== undefined) toast(failure, { tone: 'danger' });
  };
  const putAside = async () => {
    const failure = await attempt(() => live.putAside());
    if (failure !== undefined) return toast(failure, { tone: 'danger' });
    forgetLastRoom();
    go(paths.home, true);
    toast(said.aside.done);
  };
  const restore = async () => {
    const failure = await attempt(() => live.change({ archived: false }));
    if (failure !== undefined) toast(failure, { tone: 'danger' });
  };

  return (
    <Panel
      title={room.kind === 'direct' ? said.direct : words.room.settings}
      close={{ href: paths.room(room.id), label: words.app.close }}
    >
      {room.kind === 'direct' ? null : moderates && !room.archived ? (
        <RoomForm key={room.id} live={live} room={room} />
      ) : (
        <Facts room={room} />
      )}
      <Choice
        label={said.notifications.title}
        value={room.involvement}
        onValue={(value) => void involve(value)}
        options={(['everything', 'mentions', 'nothing'] as const).map((value) => ({
          value,
          label: said.notifications[value],
          hint: said.notifications[`${value}Hint`],
        }))}
      />
      <div class="form-actions">
        {moderates && !room.archived ? <Button onClick={() => setAsking('archive')}>{said.archive.act}</Button> : null}
        {moderates && room.archived ? <Button onClick={() => void restore()}>{said.archive.restore}</Button> : null}
        {room.kind === 'direct' ? (
          <Button onClick={() => void putAside()}>{said.aside.act}</Button>
        ) : (
          <Button kind="grave" onClick={() => setAsking('leave')}>
            {said.leave.act}
          </Button>
        )}
      </div>
      {asking === 'leave' ? (
        <Confirm
          title={said.leave.title(name)}
          yes={said.leave.act}
          no={words.app.cancel}
          danger
          onClose={() => setAsking(undefined)}
          onYes={() =>
            attempt(async () => {
              await live.leave();
              go(paths.home, true);
            })
          }
        >
          <p>{alone ? said.leave.alone : said.leave[room.kind === 'open' ? 'open' : 'closed']}</p>
        </Confirm>
      ) : null}
      {asking === 'archive' ? (
        <Confirm
          title={said.archive.title(name)}
          yes={said.archive.act}
          no={words.app.cancel}
          onClose={() => setAsking(undefined)}
          onYes={() => attempt(() => live.change({ archived: true }))}
        >
          <p>{said.archive.text}</p>
        </Confirm>
      ) : null}
    </Panel>
  );
}

function Facts({ room }: { room: Room }) {
  const words = useWords();
  const { details: said } = useLaterWords();
  return (
    <section class="facts">
      <h2>
        <bdi>{room.name}</bdi>
      </h2>
      {room.topic === '' ? null : (
        <p>
          <bdi>{room.topic}</bdi>
        </p>
      )}
      <p class="form-lead">{words.room.kinds[room.kind]}</p>
      <p class="field-hint">{room.archived ? words.composer.archived : said.readOnly}</p>
    </section>
  );
}

function RoomForm({ live, room }: { live: LiveRoom; room: Room }) {
  const times = useTimes();
  const [name, setName] = useState(room.name);
  const [topic, setTopic] = useState(room.topic);
  const [recall, setRecall] = useState(String(room.policies.recallSeconds));
  const [history, setHistory] = useState(room.policies.history);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const said = useLaterWords().details.edit;
  const seconds = [...new Set([...RECALL_SECONDS, room.policies.recallSeconds])].toSorted((a, b) => a - b);
  const changed =
    name.trim() !== room.name ||
    topic.trim() !== room.topic ||
    Number(recall) !== room.policies.recallSeconds ||
    history !== room.policies.history;

  const save = async (event: Event) => {
    event.preventDefault();
    if (busy || !changed) return;
    setBusy(true);
    const failure = await attempt(() =>
      live.change({
        ...(name.trim() === room.name ? {} : { name: name.trim() }),
        ...(topic.trim() === room.topic ? {} : { topic: topic.trim() }),
        ...(Number(recall) === room.policies.recallSeconds && history === room.policies.history
          ? {}
          : { policies: { recallSeconds: Number(recall), history } }),
      }),
    );
    setBusy(false);
    setWrong(failure);
    if (failure === undefined) toast(said.saved);
  };

  return (
    <form class="form" onSubmit={(event) => void save(event)} noValidate>
      <Field label={said.name} value={name} onValue={setName} error={wrong} required />
      <Area label={said.topic} value={topic} onValue={setTopic} rows={2} />
      <Select
        label={said.recall}
        hint={said.recallHint}
        value={recall}
        onValue={setRecall}
        options={seconds.map((each) => ({
          value: String(each),
          label: each === 0 ? said.never : each === 31_536_000 ? said.always : times.span(each),
        }))}
      />
      <Select
        label={said.history}
        value={history}
        onValue={setHistory}
        options={[
          { value: 'all', label: said.historyAll },
          { value: 'joined', label: said.historyJoined },
        ]}
      />
      <div class="form-actions">
        <Button kind="primary" type="submit" busy={busy} disabled={!changed || name.trim() === ''}>
          {said.save}
        </Button>
      </div>
    </form>
  );
}
