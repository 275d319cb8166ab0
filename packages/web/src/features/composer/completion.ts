import { bestMatchOf } from '../../model/match.ts';
import { candidatesFor, type Writer } from './candidates.ts';
import type { Token } from './token.ts';

/** Something that could stand there. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  /** What is written for it. */
  readonly written: string;
}

const MOST = 8;

/** Those that fit, the best first. */
export function fitting(candidates: readonly Candidate[], typed: string): readonly Candidate[] {
  return candidates
    .map((candidate) => ({ candidate, match: bestMatchOf(typed, [candidate.name, candidate.detail]) }))
    .filter((each): each is { candidate: Candidate; match: number } => each.match !== undefined)
    .toSorted((a, b) => a.match - b.match)
    .slice(0, MOST)
    .map(({ candidate }) => candidate);
}

/** What is offered for a token, the best first; of equals, in the order they come to mind. */
export const candidates = (token: Token, writer: Writer): readonly Candidate[] =>
  fitting(candidatesFor(token, writer), token.typed);

/** The text with the token written out, and where the caret goes. */
export function completed(text: string, token: Token, { written }: Candidate): { text: string; caret: number } {
  const after = text.slice(token.to);
  const space = /^\s/.test(after) ? '' : ' ';
  const before = text.slice(0, token.from) + written + space;
  return { text: before + after, caret: before.length + (space === '' ? 1 : 0) };
}
