/** What the page's watch (page.ts) tells: times in ms. */
export interface FrameTimes {
  /** From each frame to the next, in whole refreshes of the screen. */
  readonly intervals: readonly number[];
  /** What each frame's own work took: callbacks, styles, layout, paint. */
  readonly work: readonly number[];
  /** Long animation frames, as the browser reports them. */
  readonly long: readonly number[];
  /** Of each frame, how many pixels of the list showed nothing where there is something to show. */
  readonly blank: readonly number[];
}

/** From the key to the frame that shows what it sent. */
export interface KeyTimes {
  /** Frames it took; 1: the very next. */
  readonly frames: number;
  /** From the key to the end of that frame's work, its wait for the screen's next refresh included. */
  readonly ms: number;
  /** Of that, what the page worked. */
  readonly workMs: number;
}

/** `window.watch` of a page under test. */
export interface Watch {
  /** The newest message is in sight. */
  isAtEnd(): boolean;
  atEnd(): Promise<void>;
  /** Goes to the beginning of what is loaded; resolves when there is more before it. */
  older(): Promise<void>;
  /** Goes to a part (0 … 1) of what is loaded. */
  goTo(part: number): void;
  /** How far down in it, px. */
  at(): number;
  /** When the text stood in the conversation for the first time, ms since the page was asked for. */
  readable(text: string): Promise<number>;
  begin(): void;
  end(): FrameTimes;
  /** Watches the next Enter. */
  key(text: string): void;
  keyTimes(): Promise<KeyTimes>;
}
