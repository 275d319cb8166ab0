import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient } from '../../model/client.ts';
import { useMe } from '../../model/me.ts';
import { nameOf } from '../../model/names.ts';
import { type Option, Picker } from '../../ui/picker.tsx';

interface PeoplePickerProps {
  label: string;
  picked: readonly Option[];
  onPicked: (picked: readonly Option[]) => void;
  most: number;
}

/** Picks people of the server, oneself excepted. */
export function PeoplePicker({ label, picked, onPicked, most }: PeoplePickerProps) {
  const words = useWords();
  const later = useLaterWords();
  const client = useClient();
  const me = useMe();
  const search = async (q: string): Promise<readonly Option[]> => {
    const users = await client.people.search(q);
    return users
      .filter((user) => user.id !== me.id && user.status === 'active')
      .map((user) => ({ id: user.id, name: nameOf(user, words), detail: user.username }));
  };
  return (
    <Picker
      label={label}
      words={later.starting.pickPeople}
      picked={picked}
      onPicked={onPicked}
      search={search}
      most={most}
    />
  );
}
