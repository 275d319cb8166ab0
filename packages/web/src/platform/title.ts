import { paced } from './paced.ts';

/** A browser takes the title to another process: in a burst of messages, once in a while will do. */
const PAUSE_MS = 500;

/** The title of the window. */
export const showTitle = paced(PAUSE_MS, (title: string) => {
  document.title = title;
});
