import { useLaterWords, useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';

/** The edge of what is loaded, where more did not come. While it loads there is nothing to see: it was asked for in time. */
export default function OlderFailed({ onRetry }: { onRetry: () => void }) {
  const words = useWords();
  return (
    <div class="older-failed" role="alert">
      <span>{useLaterWords().message.olderFailed}</span>
      <Button onClick={onRetry}>{words.app.retry}</Button>
    </div>
  );
}
