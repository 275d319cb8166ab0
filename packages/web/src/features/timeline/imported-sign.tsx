import type { UserId } from '@rill/protocol';
import { useLaterWords, useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { nameOf } from '../../model/names.ts';

/** Whose words were brought here, and by whom. */
export default function ImportedSign({ by, name }: { by: UserId; name: string }) {
  const words = useWords();
  const client = useClient();
  const user = useLiving(client.people, (people) => people.users.get(by));
  if (user === undefined) client.people.get(by);
  return <span class="message-imported">{useLaterWords().message.imported(name, nameOf(user, words))}</span>;
}
