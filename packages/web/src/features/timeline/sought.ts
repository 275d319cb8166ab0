import { useEffect, useState } from 'preact/hooks';
import type { LiveRoom } from '@rill/client';
import { useWords } from '../../i18n/words.ts';
import { toast } from '../../ui/toast.ts';

interface SoughtOptions {
  live: LiveRoom;
  /** The message whose address was opened. */
  seq: number | undefined;
  /** Keeps it in sight as soon as it is loaded; undefined: it does not come. */
  goTo: (seq: number | undefined) => void;
}

/** Goes to the message whose address was opened. Key of its row once it is there, and what forgets it. */
export function useSought({ live, seq, goTo }: SoughtOptions): readonly [string | undefined, () => void] {
  const words = useWords();
  const [sought, setSought] = useState<string>();
  useEffect(() => {
    if (seq === undefined) return;
    let over = false;
    goTo(seq);
    void live.timeline.jump(seq).then((key) => {
      if (over) return;
      if (key === undefined) goTo(undefined);
      // What could not be asked for is told at the ends of what is here.
      if (key === undefined && live.timeline.snapshot().newer.name !== 'failed') toast(words.timeline.gone);
      setSought(key);
    });
    return () => {
      over = true;
    };
  }, [live, seq]);
  return [sought, () => setSought(undefined)];
}
