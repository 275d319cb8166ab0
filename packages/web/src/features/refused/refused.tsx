import { CircleAlert } from 'lucide';
import { useState } from 'preact/hooks';
import type { RoomId } from '@rill/protocol';
import { useLaterWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { refusedElsewhere } from '../../model/refused.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { RefusedList } from './refused-list.tsx';

/** That something was refused where nobody looks just now, and what. */
export default function Refused({ current }: { current: RoomId | undefined }) {
  const { refused: said } = useLaterWords();
  const client = useClient();
  const items = refusedElsewhere(useLiving(client.outbox), useLiving(client.rooms), current);
  const [isOpen, setOpen] = useState(false);
  if (items.length === 0) return null;
  return (
    <>
      <Banner tone="caution" icon={CircleAlert} action={<Button onClick={() => setOpen(true)}>{said.show}</Button>}>
        {said.banner(items.length)}
      </Banner>
      {isOpen ? <RefusedList items={items} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
