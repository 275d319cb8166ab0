/** How long and how large. */
export interface Scale {
  readonly seconds: number;
  /** So many of what the scenario has by itself: all of it, or a part for a quick look. */
  of(count: number): number;
}

/** What a scenario is held to. */
export interface Bar {
  readonly what: string;
  readonly figure: number;
  readonly is: 'at least' | 'at most';
  readonly bar: number;
}

export interface Outcome {
  /** A row each: a peer, or a way of doing it. */
  readonly figures: Readonly<Record<string, object>>;
  /** None where the figures are only reported. */
  readonly bars: readonly Bar[];
}

/** Something that is measured, by its name. */
export interface Scenario {
  readonly name: string;
  run(scale: Scale): Promise<Outcome>;
}

export function atLeast(bar: number, what: string, figure: number): Bar {
  return { what, figure, is: 'at least', bar };
}

export function atMost(bar: number, what: string, figure: number): Bar {
  return { what, figure, is: 'at most', bar };
}

export function isMet({ figure, is, bar }: Bar): boolean {
  return is === 'at least' ? figure >= bar : figure <= bar;
}
