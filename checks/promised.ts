import { files } from './files.ts';

const NAME = /\b(?:test|it|describe|suite)\(\s*(['"`])(.*?)\1/gs;

/** Which test files say the number of a promise in a test's name, and how many tests do. */
export function held(): Map<string, { tests: number; files: Set<string> }> {
  const found = new Map<string, { tests: number; files: Set<string> }>();
  for (const { path, text } of files(/^packages\/.*\.test\.ts$/)) {
    for (const [, , name = ''] of text.matchAll(NAME)) {
      for (const [number] of name.matchAll(/\bP\d+\b/g)) {
        const promise = found.get(number) ?? { tests: 0, files: new Set<string>() };
        promise.tests += 1;
        promise.files.add(path);
        found.set(number, promise);
      }
    }
  }
  return found;
}

/** The numbers that docs/spec.md promises. */
export function promised(): Set<string> {
  const spec = files(/^docs\/spec\.md$/)[0]?.text ?? '';
  return new Set([...spec.matchAll(/^## (P\d+)\b/gm)].map(([, number = '']) => number));
}
