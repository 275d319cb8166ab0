import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { LiveRoom } from '@rill/client';
import type { Room } from '@rill/protocol';
import { useLaterWords, useTimes, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { everywhere, findHere, patternOf, sought } from '../../model/find.ts';
import { paths } from '../../model/paths.ts';
import { Switch } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { HitLink } from './hit-link.tsx';
import './find.css';

const WAIT_MS = 120;

/** Finds in the messages that this browser has, with or without a line. */
export default function FindPanel({ live, room, name }: { live: LiveRoom; room: Room; name: string }) {
  const words = useWords();
  const { find: said } = useLaterWords();
  const times = useTimes();
  const client = useClient();
  const { list: rooms } = useLiving(client.rooms);
  // What is loaded meanwhile is looked through too; what only changed is not worth looking anew.
  const first = useLiving(live.timeline, (timeline) => timeline.first);
  const [typed, setTyped] = useState(sought.value);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => input.current?.select());
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => setTyped(sought.value), WAIT_MS);
    return () => clearTimeout(timer);
  }, [sought.value]);

  const found = useMemo(
    () => findHere(client, everywhere.value ? rooms.map(({ id }) => id) : [live.id], typed),
    [client, live, typed, everywhere.value, first],
  );
  const pattern = useMemo(() => patternOf(typed), [typed]);
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
    (at < 0 ? input.current : links[Math.min(at, links.length - 1)])?.focus();
  };

  return (
    <Panel title={said.title} close={{ href: paths.room(room.id), label: words.app.close }}>
      <search class="find" onKeyDown={move}>
        <Field
          type="search"
          label={everywhere.value ? said.everywhere : said.in(name)}
          autocomplete="off"
          elementRef={input}
          value={sought.value}
          onValue={(value) => (sought.value = value)}
        />
        <Switch
          label={said.allRooms}
          checked={everywhere.value}
          onValue={(checked) => {
            everywhere.value = checked;
          }}
        />
        <p class="find-sum" role="status">
          {pattern === undefined ? said.hint : said.found(found.hits.length, found.more)}
        </p>
        <ol ref={list} class="find-hits">
          {pattern === undefined
            ? null
            : found.hits.map((hit) => (
                <HitLink key={`${hit.room} ${hit.seq}`} hit={hit} here={room.id} pattern={pattern.any} />
              ))}
        </ol>
        <p class="find-sum">
          {said.searched(found.searched, found.since === undefined ? undefined : times.date(found.since))}
        </p>
      </search>
    </Panel>
  );
}
