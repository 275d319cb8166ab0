import type { TextMessage } from '@rill/protocol';
import { useTimes, useWords } from '../../i18n/words.ts';

/** That it was edited; opens what it was. */
export function EditedSign({ message, open }: { message: TextMessage; open: () => void }) {
  const words = useWords();
  const times = useTimes();
  const when = message.editedAt === undefined ? '' : times.full(Date.parse(message.editedAt));
  return (
    <button
      type="button"
      class="message-edited"
      title={words.timeline.editedAt(when)}
      aria-label={words.timeline.editedAt(when)}
      onClick={open}
    >
      {words.timeline.edited}
    </button>
  );
}
