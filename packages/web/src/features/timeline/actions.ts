import type { LiveRoom, MessageItem } from '@rill/client';
import type { Room } from '@rill/protocol';
import type { Edits } from '../../model/edits.ts';
import type { MenuPlace } from '../../ui/menu.tsx';

/** What is open about a message, beyond the row itself. */
export type Opened =
  | { readonly name: 'menu'; readonly item: MessageItem; readonly at: MenuPlace }
  | { readonly name: 'hide' | 'remove' | 'history'; readonly item: MessageItem };

/** What rows can ask for; one object for the whole timeline, so that rows are not drawn again for it. */
export interface TimelineActions {
  readonly live: LiveRoom;
  readonly room: () => Room;
  /** What is being edited in its place. */
  readonly edits: Edits;
  readonly open: (opened: Opened) => void;
  /** Puts a text where one writes. */
  readonly write: (text: string) => void;
  readonly focusComposer: () => void;
  readonly copy: (text: string) => void;
}
