import { Search, Users } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { OpenRoom } from '@rill/protocol';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { paths } from '../../model/paths.ts';
import { go } from '../../platform/location.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Field } from '../../ui/field.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { toast } from '../../ui/toast.ts';

const WAIT_MS = 200;

/** Open rooms of the server: look, and join. */
export default function Explore() {
  const words = useWords();
  const later = useLaterWords();
  const client = useClient();
  const [q, setQ] = useState('');
  const [rooms, setRooms] = useState<readonly OpenRoom[]>();
  const [next, setNext] = useState<string>();
  const [wrong, setWrong] = useState<string>();
  const said = later.starting.explore;

  useEffect(() => {
    let over = false;
    const timer = setTimeout(
      () => {
        void attempt(async () => {
          const page = await client.rooms.open(q.trim() === '' ? {} : { q: q.trim() });
          if (over) return;
          setRooms(page.rooms);
          setNext(page.next);
        }).then((failure) => {
          if (!over) setWrong(failure);
        });
      },
      q === '' ? 0 : WAIT_MS,
    );
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, q]);

  const more = async () => {
    if (next === undefined) return;
    const failure = await attempt(async () => {
      const page = await client.rooms.open({ after: next, ...(q.trim() === '' ? {} : { q: q.trim() }) });
      setRooms([...(rooms ?? []), ...page.rooms]);
      setNext(page.next);
    });
    if (failure !== undefined) toast(failure, { tone: 'danger' });
  };

  const join = async (room: OpenRoom) => {
    const failure = await attempt(() => client.rooms.join(room.id));
    if (failure === undefined) go(paths.room(room.id));
    else toast(failure, { tone: 'danger' });
  };

  return (
    <Page title={said.title} back={{ href: paths.home, label: words.app.back }} narrow fill>
      <Field label={said.search} type="search" value={q} onValue={setQ} />
      {wrong === undefined ? null : (
        <Banner tone="danger" role="alert">
          {wrong}
        </Banner>
      )}
      {rooms === undefined && wrong === undefined ? <Loading label={words.app.loading} /> : null}
      {rooms?.length === 0 ? (
        <Empty
          icon={q === '' ? Users : Search}
          title={q === '' ? said.empty : said.none}
          actions={<LinkButton href={paths.newRoom}>{later.starting.menu.newRoom}</LinkButton>}
        />
      ) : null}
      <Rows>
        {(rooms ?? []).map((room) => (
          <Row
            key={room.id}
            sign={<Avatar name={room.name} seed={room.id} square />}
            title={<bdi>{room.name}</bdi>}
            detail={
              <>
                {words.rooms.members(room.members)}
                {room.topic === '' ? null : <bdi> · {room.topic}</bdi>}
              </>
            }
            actions={
              room.joined ? (
                <LinkButton href={paths.room(room.id)}>{said.go}</LinkButton>
              ) : (
                <Button kind="primary" aria-label={`${said.join}: ${room.name}`} onClick={() => void join(room)}>
                  {said.join}
                </Button>
              )
            }
          />
        ))}
      </Rows>
      {next === undefined ? null : <Button onClick={() => void more()}>{said.more}</Button>}
    </Page>
  );
}
