import { useState } from 'preact/hooks';
import type { LiveRoom } from '@rill/client';
import type { UserId } from '@rill/protocol';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { attempt } from '../../model/failure.ts';
import { nameOf } from '../../model/names.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Option, Picker } from '../../ui/picker.tsx';
import { toast } from '../../ui/toast.ts';

interface AddMembersProps {
  live: LiveRoom;
  name: string;
  onClose: () => void;
}

const MOST_AT_ONCE = 50;

/** Adds people to a room. */
export function AddMembers({ live, name, onClose }: AddMembersProps) {
  const words = useWords();
  const later = useLaterWords();
  const client = useClient();
  const [picked, setPicked] = useState<readonly Option[]>([]);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const said = later.members;

  const search = async (q: string): Promise<readonly Option[]> => {
    const [users, here] = await Promise.all([
      client.people.search(q),
      live.members.page({ ...(q === '' ? {} : { q }), limit: 200 }).then(({ members }) => members),
    ]);
    return users
      .filter((user) => user.status === 'active')
      .map((user) => ({
        id: user.id,
        name: nameOf(user, words),
        detail: user.username,
        refused: here.some((member) => member.user.id === user.id) ? said.alreadyIn : undefined,
      }))
      .toSorted((one, other) => Number(one.refused !== undefined) - Number(other.refused !== undefined));
  };
  const add = async () => {
    setBusy(true);
    const failure = await attempt(async () => {
      // One after the other: the first refusal stops, and those before it are in.
      for (const option of picked) await live.members.add(option.id as UserId);
    });
    setBusy(false);
    setWrong(failure);
    if (failure !== undefined) return;
    toast(said.added(words.rooms.people(picked.map((option) => option.name))));
    onClose();
  };

  return (
    <Dialog
      title={said.addTitle(name)}
      closeLabel={words.app.close}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.app.cancel}</Button>
          <Button kind="primary" busy={busy} disabled={picked.length === 0} onClick={() => void add()}>
            {said.addAct}
          </Button>
        </>
      }
    >
      <Picker
        label={said.people}
        words={later.starting.pickPeople}
        picked={picked}
        onPicked={setPicked}
        search={search}
        most={MOST_AT_ONCE}
      />
      {wrong === undefined ? null : (
        <p class="field-error" role="alert">
          {wrong}
        </p>
      )}
    </Dialog>
  );
}
