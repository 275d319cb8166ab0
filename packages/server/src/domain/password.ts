import { codePoints, type Limits } from '@rill/protocol';
import { type OptionsType, ZxcvbnFactory } from '@zxcvbn-ts/core';
import { Refusal } from './refusal.ts';

/** Judges passwords that somebody wants to set. */
export interface PasswordRules {
  /** Refuses what is too short, too long, or guessed soon by who knows the user's `names`. */
  check(password: string, names: readonly string[]): void;
}

/** Of a long password its beginning is judged: the time grows with the square, and it is this thread's. */
const JUDGED = 32;
/** zxcvbn's score from 0 to 4; 2 is a million guesses and more. */
const ENOUGH = 2;

/** Fifty megabytes that never change: nodes of one process, as in tests, share them. */
let dictionaries: Promise<ZxcvbnFactory> | undefined;

/** Reads the dictionaries, which takes a fifth of a second: done once, before the server listens. */
export async function loadPasswordRules(
  limits: Pick<Limits, 'passwordMin' | 'passwordMaxBytes'>,
): Promise<PasswordRules> {
  dictionaries ??= read();
  const strength = await dictionaries;
  return {
    check(password, names) {
      if (Buffer.byteLength(password) > limits.passwordMaxBytes) {
        throw new Refusal('password_too_long', { detail: `At most ${limits.passwordMaxBytes} bytes.` });
      }
      if (codePoints(password.normalize('NFC')) < limits.passwordMin) {
        throw new Refusal('password_too_short', { detail: `At least ${limits.passwordMin} characters.` });
      }
      if (strength.check(password, [...names, 'rill']).score < ENOUGH) throw new Refusal('password_too_common');
    },
  };
}

async function read(): Promise<ZxcvbnFactory> {
  const [common, english] = await Promise.all([import('@zxcvbn-ts/language-common'), import('@zxcvbn-ts/language-en')]);
  const options: OptionsType = {
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    maxLength: JUDGED,
    // Each more doubles the time of a password made to be slow.
    l33tMaxSubstitutions: 2,
  };
  return new ZxcvbnFactory(options);
}
