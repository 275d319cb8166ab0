/** What a tab says over its port; `line` is a number of its own for each line it opens. */
export type TabMessage =
  | { readonly type: 'open' | 'close'; readonly line: number }
  | { readonly type: 'send'; readonly line: number; readonly text: string };

/** What a tab is told. `taken`: somebody is there, and sees to it. */
export type BoardMessage =
  | { readonly type: 'taken' | 'opened'; readonly line: number }
  | { readonly type: 'received'; readonly line: number; readonly text: string }
  | { readonly type: 'closed'; readonly line: number; readonly code: number; readonly reason: string };

/** One end of a way between a tab and what all tabs share: messages come in order. */
export interface Port<Out, In> {
  post(message: Out): void;
  /** Calls for each message from now on. */
  listen(heard: (message: In) => void): void;
}

/** The tab's end. */
export interface TabPort extends Port<TabMessage, BoardMessage> {
  /** Calls when the page goes, or is put to sleep. */
  whenLeaving(act: () => void): void;
  /** Calls when there can be nobody at the other end. */
  whenBroken(act: () => void): void;
}

/** The end of what all tabs share. */
export type BoardPort = Port<BoardMessage, TabMessage>;
