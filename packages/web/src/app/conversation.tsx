import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ComponentType } from 'preact';
import type { LiveRoom } from '@rill/client';
import type { Room, RoomId } from '@rill/protocol';
import { isReadable } from '@rill/protocol/message';
import { Composer } from '../features/composer/composer.tsx';
import { RoomBar } from '../features/room/room-bar.tsx';
import { Timeline } from '../features/timeline/timeline.tsx';
import { useWords } from '../i18n/words.ts';
import { useClient, useLiving } from '../model/client.ts';
import { createEdits } from '../model/edits.ts';
import { useSignedIn } from '../model/me.ts';
import { roomName } from '../model/names.ts';
import { part } from '../model/part.tsx';
import type { Panel } from '../model/paths.ts';
import { Loading } from '../ui/loading.tsx';

const Absent = part(() => import('../features/room/absent.tsx'), 'later');

interface ConversationProps {
  id: RoomId;
  seq: number | undefined;
  panel: Panel | undefined;
}

/** A room on the screen: its bar, what was said, and where one writes. */
export function Conversation({ id, seq, panel }: ConversationProps) {
  const words = useWords();
  const client = useClient();
  const live = client.room(id);
  const state = useLiving(live);
  useEffect(() => live.open(), [live]);
  if (state.name === 'unknown') return <Loading label={words.app.loading} lines={6} />;
  if (state.name === 'absent') return <Absent id={id} />;
  return <Present live={live} room={state.room} seq={seq} panel={panel} />;
}

interface PresentProps {
  live: LiveRoom;
  room: Room;
  seq: number | undefined;
  panel: Panel | undefined;
}

function Present({ live, room, seq, panel }: PresentProps) {
  const words = useWords();
  const client = useClient();
  const { me, drafts } = useSignedIn();
  const people = useLiving(client.people);
  const composer = useRef<HTMLTextAreaElement>(null);
  const edits = useMemo(() => createEdits(drafts, room.id), [drafts, room.id]);
  const name = roomName(room, me.id, words, people);
  const focusComposer = () => composer.current?.focus({ preventScroll: true });

  const editLast = (): boolean => {
    const { items } = live.timeline.snapshot();
    const last = items.findLast((item) => item.kind === 'message' && item.mine && isReadable(item.message));
    if (last?.kind !== 'message') return false;
    edits.at.value = last.seq;
    return true;
  };

  return (
    <div class="conversation">
      <RoomBar room={room} name={name} panel={panel} />
      <Timeline
        live={live}
        room={room}
        name={name}
        seq={seq}
        edits={edits}
        onWrite={(text) => drafts.add(room.id, text)}
        onFocusComposer={focusComposer}
      />
      <Composer
        live={live}
        room={room}
        name={name}
        elementRef={composer}
        onEditLast={editLast}
        onSent={() => void live.timeline.toEnd()}
      />
    </div>
  );
}

interface BesideProps {
  id: RoomId;
  show: ComponentType<{ live: LiveRoom; room: Room; name: string }>;
}

/** A panel beside the conversation. */
export function Beside({ id, show: Show }: BesideProps) {
  const words = useWords();
  const client = useClient();
  const { me } = useSignedIn();
  const live = client.room(id);
  const state = useLiving(live);
  const people = useLiving(client.people);
  if (state.name !== 'present') return null;
  return <Show live={live} room={state.room} name={roomName(state.room, me.id, words, people)} />;
}
