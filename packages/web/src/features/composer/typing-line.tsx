import type { LiveRoom } from '@rill/client';
import { useWords } from '../../i18n/words.ts';
import { useClient, useLiving } from '../../model/client.ts';
import { useMe } from '../../model/me.ts';
import { nameById } from '../../model/names.ts';

/** Who is writing. Its place is always there, so that nothing moves when somebody begins. */
export function TypingLine({ live }: { live: LiveRoom }) {
  const words = useWords();
  const client = useClient();
  const me = useMe();
  const state = useLiving(live);
  useLiving(client.people);
  const typing = state.name === 'present' ? state.typing.filter((id) => id !== me.id) : [];
  return (
    <p class="typing-line" aria-hidden="true">
      {typing.length === 0 ? '' : words.composer.typing(typing.map((id) => nameById(client, id, words)))}
    </p>
  );
}
