import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERRORS } from '@rill/protocol/errors';
import { en as english } from '../src/i18n/en/en.ts';
import { later as englishLater } from '../src/i18n/en/later.ts';
import { later as chineseLater } from '../src/i18n/zh/later.ts';
import { zh as chinese } from '../src/i18n/zh/zh.ts';

const en = { ...english, ...englishLater };
const zh = { ...chinese, ...chineseLater };

type Shape = Map<string, string>;

/** Every key with its path and what stands there: a text, a function of so many arguments, a list of so many. */
function shapeOf(value: unknown, path = '', into: Shape = new Map()): Shape {
  if (typeof value === 'string') into.set(path, 'text');
  else if (typeof value === 'function') into.set(path, 'function');
  else if (Array.isArray(value)) into.set(path, `list of ${value.length}`);
  else
    for (const [key, inner] of Object.entries(value as object))
      shapeOf(inner, path === '' ? key : `${path}.${key}`, into);
  return into;
}

/** Every text of a language; functions are tried with what they could be given. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const tried = [...[0, 1, 2, 5, 1_234].map((count) => [count, count]), ['Ada', 'Bo', 'Chen'], [['Ada', 'Bo'], 'x']];
    return tried.flatMap((given) => {
      try {
        const text: unknown = value(...given);
        return typeof text === 'string' ? [[`${path}(${given.join(', ')})`, text] as [string, string]] : [];
      } catch {
        // It takes something else: another of the tries is for it.
        return [];
      }
    });
  }
  return Object.entries(value as object).flatMap(([key, inner]) =>
    textsOf(inner, path === '' ? key : `${path}.${key}`),
  );
}

test('every language has every key, and nothing else', () => {
  const keys = shapeOf(en);
  assert.ok(keys.size > 300, `only ${keys.size} keys were read`);
  assert.deepEqual(shapeOf(zh), keys);
});

test('no text is empty in any language', () => {
  for (const [language, words] of [
    ['en', en],
    ['zh', zh],
  ] as const) {
    const texts = textsOf(words);
    assert.ok(texts.length > 300, `only ${texts.length} texts of ${language} were read`);
    for (const [path, text] of texts) assert.notEqual(text.trim(), '', `${language} ${path}`);
  }
});

test('every functions’ text can be made in both languages', () => {
  const made = (words: unknown) => new Set(textsOf(words).map(([path]) => path.replace(/\(.*/, '')));
  assert.deepEqual(made(zh), made(en));
});

test('Chinese texts have Chinese punctuation, and no spaces at Chinese signs', () => {
  for (const [path, text] of textsOf(zh)) {
    assert.doesNotMatch(text, /\p{Script=Han}[,;:?!]|\p{Script=Han}\.(?!\p{L})/u, `${path}: ${text}`);
    assert.doesNotMatch(text, /\p{Script=Han} \p{Script=Han}/u, `${path}: ${text}`);
    assert.doesNotMatch(text, /\.\.\./, `${path}: ${text}`);
  }
});

test('English texts have typographic quotes and dashes', () => {
  for (const [path, text] of textsOf(en)) assert.doesNotMatch(text, /["]|\w'\w|\.\.\./, `${path}: ${text}`);
});

test('every error of the wire is worded, and no other', () => {
  const codes = Object.keys(ERRORS).toSorted();
  assert.deepEqual(Object.keys(en.errorCodes).toSorted(), codes);
  assert.deepEqual(Object.keys(zh.errorCodes).toSorted(), codes);
});
