import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorCode } from '@rill/protocol';
import fc from 'fast-check';
import { Refusal } from '../src/domain/refusal.ts';
import { parseStrict } from '../src/json.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const quoted = (...values: number[]): Uint8Array => bytes(0x22, ...values, 0x22);

const refused: readonly [string, string | Uint8Array, ErrorCode][] = [
  ['B24 nothing', '', 'malformed_json'],
  ['B24 white space', ' \n', 'malformed_json'],
  ['B24 a byte order mark', bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d), 'malformed_json'],
  ['B25 a trailing comma in an object', '{"a":1,}', 'malformed_json'],
  ['B25 a trailing comma in an array', '[1,]', 'malformed_json'],
  ['B25 a comment', '{/* */}', 'malformed_json'],
  ['B25 two documents', '{}{}', 'malformed_json'],
  ['B25 single quotes', "{'a':1}", 'malformed_json'],
  ['B25 a bare key', '{a:1}', 'malformed_json'],
  ['B25 a missing colon', '{"a" 1}', 'malformed_json'],
  ['B25 a missing comma', '[1 2]', 'malformed_json'],
  ['B25 an open object', '{"a":1', 'malformed_json'],
  ['B25 an open string', '"abc', 'malformed_json'],
  ['B25 a string that ends in a backslash', '"abc\\', 'malformed_json'],
  ['B25 a raw line break in a string', '"a\nb"', 'malformed_json'],
  ['B25 another white space', '\u00a01', 'malformed_json'],
  ['B25 half a word', 'tru', 'malformed_json'],
  ['B25 an unknown escape', '"\\x41"', 'malformed_json'],
  ['B25 a short escape', '"\\u41"', 'malformed_json'],
  ['B26 33 deep', '['.repeat(33) + ']'.repeat(33), 'too_deep'],
  ['B26 half a million deep', '['.repeat(500_000), 'too_deep'],
  ['B26 half a million objects deep', '{"a":'.repeat(500_000), 'too_deep'],
  ['B28 a field twice', '{"room":"a","room":"b"}', 'duplicate_key'],
  ['B28 a field twice, once escaped', '{"room":"a","\\u0072oom":"b"}', 'duplicate_key'],
  ['B28 a field twice, deep inside', '[{"a":{"b":1,"b":1}}]', 'duplicate_key'],
  ['B29 __proto__', '{"__proto__":{"x":1}}', 'bad_request'],
  ['B29 __proto__, escaped', '{"\\u005f_proto__":{"x":1}}', 'bad_request'],
  ['B29 constructor', '{"constructor":{"prototype":{"x":1}}}', 'bad_request'],
  ['B29 toString', '{"toString":1}', 'bad_request'],
  ['B29 hasOwnProperty', '{"hasOwnProperty":1}', 'bad_request'],
  ['B30 NaN', 'NaN', 'malformed_json'],
  ['B30 Infinity', '-Infinity', 'malformed_json'],
  ['B30 1e999', '1e999', 'malformed_json'],
  ['B30 -0', '-0', 'malformed_json'],
  ['B30 -0.0', '-0.0', 'malformed_json'],
  ['B30 what underflows to nothing', '1e-999', 'malformed_json'],
  ['B31 beyond 2^53', '9007199254740993', 'malformed_json'],
  ['B31 beyond -2^53', '-9007199254740992', 'malformed_json'],
  ['B31 an integer with an exponent', '1e2', 'malformed_json'],
  ['B31 an integer with a fraction', '1.0', 'malformed_json'],
  ['B31 a leading zero', '01', 'malformed_json'],
  ['B31 a leading plus', '+1', 'malformed_json'],
  ['B31 a bare point', '.5', 'malformed_json'],
  ['B31 hexadecimal', '0x10', 'malformed_json'],
  ['B32 a stray continuation byte', quoted(0x81), 'malformed_unicode'],
  ['B32 an overlong slash', quoted(0xc0, 0xaf), 'malformed_unicode'],
  ['B32 a surrogate in CESU-8', quoted(0xed, 0xa0, 0x80), 'malformed_unicode'],
  ['B32 a cut sequence', quoted(0xe4, 0xbd), 'malformed_unicode'],
  ['B32 beyond U+10FFFF', quoted(0xf4, 0x90, 0x80, 0x80), 'malformed_unicode'],
  ['B32 UTF-16', new Uint8Array(Buffer.from('{}', 'utf16le')), 'malformed_json'],
  ['B33 a high surrogate alone', '"\\ud800"', 'malformed_unicode'],
  ['B33 surrogates in the wrong order', '"\\udc00\\ud800"', 'malformed_unicode'],
  ['B33 a lone surrogate in a key', '{"\\ud800":1}', 'malformed_unicode'],
  ['B33 a lone surrogate in the text itself', '"\ud800"', 'malformed_unicode'],
  ['B34 U+0000 in a string', '"a\\u0000b"', 'malformed_unicode'],
  ['B34 U+0000 in a key', '{"\\u0000":1}', 'malformed_unicode'],
];

for (const [name, input, code] of refused) {
  test(`P8 ${name} is refused as ${code}`, () => {
    assert.throws(
      () => parseStrict(input),
      (error: unknown) => error instanceof Refusal && error.code === code,
    );
  });
}

const taken: readonly [string, string | Uint8Array, unknown][] = [
  [
    'every kind of value',
    ' {"a":[1,-2,0.5,-1.5e-3,true,false,null,"x"],"b":{}} ',
    { a: [1, -2, 0.5, -0.0015, true, false, null, 'x'], b: {} },
  ],
  ['every escape', '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u4f60\\ud83d\\ude00"', '"\\/\b\f\n\r\t你😀'],
  ['32 deep', '['.repeat(32) + ']'.repeat(32), JSON.parse('['.repeat(32) + ']'.repeat(32))],
  ['many side by side that are not deep', `[${'[],'.repeat(100)}[]]`, Array.from({ length: 101 }, () => [])],
  ['the largest safe integer', '9007199254740991', Number.MAX_SAFE_INTEGER],
  ['B41 noncharacters and private use', '"\uffff\ue000\ufdd0"', '\uffff\ue000\ufdd0'],
  ['B43 line separators', '"\u2028\u2029"', '\u2028\u2029'],
  ['bytes', new TextEncoder().encode('{"text":"你好 😀"}'), { text: '你好 😀' }],
  ['numbers for keys', '{"1":1,"0":0}', { 0: 0, 1: 1 }],
];

for (const [name, input, value] of taken) {
  test(`P8 JSON with ${name} is read`, () => {
    assert.deepEqual(parseStrict(input), value);
  });
}

test('P8 no key of any JSON reaches the prototype of objects', () => {
  for (const text of ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}']) {
    assert.throws(() => parseStrict(text), Refusal);
  }
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
});

const SEED = 20261122;

test('P8 whatever JSON.stringify writes is read as JSON.parse reads it, or refused', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      let value: unknown;
      try {
        value = parseStrict(text);
      } catch (error) {
        assert.ok(error instanceof Refusal);
        return;
      }
      assert.deepEqual(value, JSON.parse(text));
    }),
    { seed: SEED, numRuns: 2_000 },
  );
});

test('P8 no bytes make the reader throw anything but a refusal, or take what JSON.parse does not', () => {
  const valid = '{"nonce":"a","text":"\\u4f60\\n😀","list":[1,2.5,-3,true,null,{"a":"b"}]}';
  const mutated = fc
    .array(fc.tuple(fc.nat(valid.length), fc.nat(3), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 4 })
    .map((edits) => edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), valid));
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 64 })), (input) => {
      let value: unknown;
      try {
        value = parseStrict(input);
      } catch (error) {
        assert.ok(error instanceof Refusal);
        return;
      }
      const text = typeof input === 'string' ? input : new TextDecoder('utf-8', { ignoreBOM: true }).decode(input);
      assert.deepEqual(value, JSON.parse(text));
    }),
    { seed: SEED, numRuns: 5_000 },
  );
});
