import { type OutboxItem, RillError } from '@rill/client';
import { currentLaterWords, currentWords } from '../i18n/words.ts';

/** What went wrong, in the reader's language, with what to do about it. */
export function wordsOf(error: unknown): string {
  const words = currentWords().errors;
  if (!(error instanceof RillError)) return words.unknown;
  if (error.code === 'network') return words.network;
  if (error.code === 'discarded') return words.discarded;
  const codes: Record<string, string> = currentLaterWords()?.errorCodes ?? {};
  const sentence = codes[error.code] ?? words.unknown;
  return error.retryAfterMs === undefined
    ? sentence
    : `${sentence} ${words.wait(Math.max(1, Math.ceil(error.retryAfterMs / 1_000)))}`;
}

/** The same for what was asked of a room or a message: what happened meanwhile is said as such. */
export function wordsOfAsked({ error, offline }: Pick<OutboxItem, 'error' | 'offline'>): string {
  const said = currentLaterWords()?.conflicts;
  const codes: Record<string, string> = { ...said?.asked, ...(offline === true ? said?.offline : undefined) };
  return codes[error?.code ?? ''] ?? wordsOf(error);
}

/** Runs something that may fail; resolves to what went wrong in words, or to nothing. */
export async function attempt(act: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return wordsOf(error);
  }
}
