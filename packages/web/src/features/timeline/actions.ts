import type { LiveRoom, MessageItem } from '@rill/client';
import type { Signal } from '@preact/signals';
import type { Room } from '@rill/protocol';
import type { MenuPlace } from '../../ui/menu.tsx';

/** What is open about a message, beyond the row itself. */
export type Opened =
  | { readonly name: 'menu'; readonly item: MessageItem; readonly at: MenuPlace }
  | { readonly name: 'hide' | 'remove' | 'history'; readonly item: MessageItem };

/** What rows can ask for; one object for the whole timeline, so that rows are not drawn again for it. */
export interface TimelineActions {
  readonly live: LiveRoom;
  readonly room: () => Room;
  /** seq of the message that is being edited in its place. */
  readonly editing: Signal<number | undefined>;
  /** What is written there, by seq, until it is done with: a row may go out of sight meanwhile. */
  readonly edited: Map<number, string>;
  readonly open: (opened: Opened) => void;
  /** Puts a text where one writes. */
  readonly write: (text: string) => void;
  readonly focusComposer: () => void;
  readonly copy: (text: string) => void;
}
