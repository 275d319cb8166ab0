import { useEffect, useState } from 'preact/hooks';
import type { OpenRoom, RoomId } from '@rill/protocol';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { paths } from '../../model/paths.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { DeadEnd } from '../../ui/dead-end.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Loading } from '../../ui/loading.tsx';

/** A room one is not in: if anybody may join it, what it is and the way in; else all that can be said of it. */
export default function Absent({ id }: { id: RoomId }) {
  const words = useWords();
  const client = useClient();
  const { absent } = useLaterWords();
  const [room, setRoom] = useState<OpenRoom>();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  useEffect(() => {
    let over = false;
    client.rooms.card(id).then(
      (card) => over || setRoom(card),
      // Not there, not for everybody, or no network: there is nothing to join.
      () => over || setAsked(true),
    );
    return () => {
      over = true;
    };
  }, [client, id]);

  const join = async () => {
    setBusy(true);
    // Whoever is in it is shown the conversation in place of this.
    setWrong(await attempt(() => client.rooms.join(id)));
    setBusy(false);
  };

  if (room !== undefined) {
    return (
      <Empty
        whole
        sign={<Avatar name={room.name} seed={room.id} size="large" square />}
        title={<bdi>{room.name}</bdi>}
        actions={
          <>
            <Button kind="primary" busy={busy} onClick={() => void join()}>
              {absent.join}
            </Button>
            <LinkButton href={paths.home}>{absent.act}</LinkButton>
          </>
        }
      >
        <p>
          {words.rooms.members(room.members)}
          {room.topic === '' ? null : <bdi> · {room.topic}</bdi>}
        </p>
        <p>{absent.open}</p>
        {wrong === undefined ? null : (
          <p class="field-error" role="alert">
            {wrong}
          </p>
        )}
      </Empty>
    );
  }
  if (!asked) return <Loading label={words.app.loading} />;
  return <DeadEnd title={absent.title} text={absent.text} act={absent.act} href={paths.home} />;
}
