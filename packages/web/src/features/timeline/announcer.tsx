import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TimelineState } from '@rill/client';
import { useWords } from '../../i18n/words.ts';
import type { AnnouncementsProps } from './announcements.tsx';
import { isAtHead } from './at-head.ts';
import { QUIET_MS } from './on-demand.ts';

/**
 * Where new messages are read out. The region is there from the first, or a screen reader does not hear what comes in it;
 * what says them is loaded later, and says also what came before it.
 */
export function Announcer({ state }: { state: TimelineState }) {
  const words = useWords();
  const first = useRef<TimelineState>(undefined);
  const [Announcements, setAnnouncements] = useState<ComponentType<AnnouncementsProps>>();
  if (first.current === undefined && isAtHead(state)) first.current = state;
  useEffect(() => {
    const timer = setTimeout(() => {
      // Without it everything but the reading out works.
      import('./announcements.tsx').then((module) => setAnnouncements(() => module.Announcements)).catch(() => {});
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div
      class="unseen"
      role="log"
      aria-live="polite"
      aria-relevant="additions"
      aria-label={words.timeline.announcements}
    >
      {Announcements === undefined || first.current === undefined ? null : (
        <Announcements state={state} first={first.current} />
      )}
    </div>
  );
}
