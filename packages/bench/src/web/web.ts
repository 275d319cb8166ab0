import type { Scenario } from '../scenario.ts';
import { burst } from './burst.ts';
import { firstScreen } from './first-screen.ts';
import { keystroke } from './keystroke.ts';
import { lighthouseScores } from './lighthouse.ts';
import { memory } from './memory.ts';
import { scroll } from './scroll.ts';
import { warmOpen } from './warm-open.ts';

/** The bars of the web client, in a real browser on a real server. */
export const web: readonly Scenario[] = [firstScreen, warmOpen, keystroke, burst, scroll, memory, lighthouseScores];
