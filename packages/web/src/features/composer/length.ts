import { codePoints } from '@rill/protocol/text';

/** The count is told from here on: earlier it would only be noise. */
const TOLD_FROM = 200;

/** How much may still be written. Counting is skipped where the text cannot be near the limit. */
export function leftOf(text: string, limit: number): number | undefined {
  if (text.length < limit - TOLD_FROM) return undefined;
  const left = limit - codePoints(text);
  return left <= TOLD_FROM ? left : undefined;
}
