import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

/** Bytes, gzipped, of all JavaScript that a first screen needs. */
const BUDGET = 60 * 1024;
const BUILT = join(import.meta.dirname, '../dist');
const ASSETS = join(BUILT, 'assets');
const STATIC_IMPORT = /(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g;

const names = await readdir(ASSETS);

/** The built file of a part: `house` → `house-….js`. */
function fileOf(part: string): string {
  const found = names.filter((name) => new RegExp(`^${part}-[\\w-]{8}\\.js$`).test(name));
  assert.equal(found.length, 1, `${found.length} files are called ${part}`);
  return found[0] ?? '';
}

/** The built file of a language's later words: both are called `later-….js`. */
async function laterWordsOf(language: string): Promise<string> {
  const files = names.filter((name) => /^later-.+\.js$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(ASSETS, name), 'utf8')));
  const found = files.filter((_, at) => /\p{Script=Han}/u.test(texts[at] ?? '') === (language === 'zh'));
  assert.equal(found.length, 1, `${found.length} of ${files.length} files have the later words of ${language}`);
  return found[0] ?? '';
}

/** As the wire has it: below a kilobyte there is nothing to gain by compressing, and the server sends it as it is. */
async function sizeOf(path: string): Promise<number> {
  return (await stat(`${path}.gz`).catch(() => stat(path))).size;
}

/** These files and everything they import before they run, with gzipped sizes. */
async function closureOf(files: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const waiting = [...files];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (sizes.has(name)) continue;
    const path = join(ASSETS, name);
    sizes.set(name, await sizeOf(path));
    waiting.push(...[...(await readFile(path, 'utf8')).matchAll(STATIC_IMPORT)].map((match) => match[1] ?? ''));
  }
  return sizes;
}

for (const [screen, parts] of [
  // Its words are among the later ones.
  ['the sign-in page', ['index', 'outside', 'sign-in', 'later']],
  // Its line may be one of several tabs'.
  ['an open conversation', ['index', 'house', 'switchboard-worker']],
] as const) {
  for (const language of ['en', 'zh']) {
    test(`${screen} in ${language} needs at most 60 KB of JavaScript`, async (context) => {
      const files: string[] = [];
      for (const part of [...parts, language]) {
        files.push(part === 'later' ? await laterWordsOf(language) : fileOf(part));
      }
      const sizes = await closureOf(files);
      sizes.set('look.js', await sizeOf(join(BUILT, 'look.js')));
      const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      context.diagnostic(`${total} bytes in ${sizes.size} files`);
      assert.ok(sizes.size >= 4, `only ${sizes.size} files were read`);
      assert.ok(total <= BUDGET, `${total} bytes: ${JSON.stringify([...sizes])}`);
    });
  }
}

test('what look.js asks for with the page is all that a first screen needs, and is there', async () => {
  const html = await readFile(join(BUILT, 'index.html'), 'utf8');
  const asked = new Map(
    [...html.matchAll(/ data-([a-z]+-[a-z]+)="([^"]*)"/g)].map(([, list = '', files = '']) => [list, files.split(' ')]),
  );
  const own = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
  for (const language of ['en', 'zh']) {
    for (const [list, parts] of [
      ['inside', ['house']],
      ['outside', ['outside', 'sign-in']],
    ] as const) {
      const files = [...parts, language].map(fileOf);
      if (list === 'outside') files.push(await laterWordsOf(language));
      const needed = [...(await closureOf(files)).keys()].map((name) => `/assets/${name}`);
      const come = [...own, ...(asked.get(`words-${language}`) ?? []), ...(asked.get(`${list}-${language}`) ?? [])];
      assert.deepEqual(
        needed.filter((name) => !come.includes(name)),
        [],
      );
      for (const name of come) await stat(join(BUILT, name));
    }
  }
});
