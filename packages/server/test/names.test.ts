import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { LIMITS } from '@rill/protocol';
import { readDisplayName } from '../src/domain/display-name.ts';
import { loadPasswordRules } from '../src/domain/password.ts';
import { Refusal } from '../src/domain/refusal.ts';
import {
  hashOf,
  newCode,
  newSecret,
  ownerCodeOf,
  randomId,
  readCode,
  readSecret,
  secretOf,
} from '../src/domain/secrets.ts';
import { foldGiven, foldName, readUsername } from '../src/domain/username.ts';
import { searchForm, wordsOf } from '../src/domain/words.ts';

// Digits of nothing in particular, without a pattern that a guesser would try.
const LONG = createHash('shake256', { outputLength: 900 }).update('long').digest('base64');

/** The code with which something is refused; undefined if it is not. */
function refusal(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('usernames', () => {
  const taken: [string, string][] = [
    ['ab', 'ab'],
    ['Mei.Lin-7_x', 'mei.lin-7_x'],
    ['王小明', '王小明'],
    ['王xiaoming', '王xiaoming'],
    ['ｍｅｉ', 'mei'],
    ['たろうTaro', 'たろうtaro'],
    ['ラーメン', 'ラーメン'],
    ['佐々木', '佐々木'],
    ['김철수', '김철수'],
    ['Straße', 'strasse'],
    ['علي', 'علي'],
    ['नमस्ते', 'नमस्ते'],
    ['x'.repeat(32), 'x'.repeat(32)],
    ['𠮷野', '𠮷野'],
  ];
  for (const [wanted, folded] of taken) {
    test(`${JSON.stringify(wanted)} is one`, () => {
      const name = readUsername(wanted, LIMITS);
      assert.equal(name.folded, folded);
      assert.equal(name.shown, wanted.normalize('NFKC'));
      assert.equal(foldGiven(wanted), folded);
      assert.equal(foldName(folded), folded, 'folding twice changes nothing');
    });
  }

  const refused = [
    ...[
      '',
      'a',
      'x'.repeat(33),
      '王',
      ' ab',
      'a b',
      'ab ',
      'a@b',
      'a/b',
      'a:b',
      'a}b',
      '{u}',
      'a*',
      'a?',
      '[a-z]',
      "a'b",
    ],
    ...['.ab', 'ab.', '-ab', '_ab', '..', '--', 'a\r\nDEL', 'a\tb', 'a\0b', 'ab\n', '😀😀', 'a😀b', '१२', '①'],
    // Unseen, turned round, stacked.
    ...[
      'adm\u200bin',
      '\u202enimda',
      'a\u00adb',
      'a\ufeffb',
      'ᅟᅟ',
      'ㅤㅤ',
      'a\u034fb',
      'a\u{e0061}b',
      'ab\u200d',
      'z\u0338\u0338\u0338\u0338',
    ],
    // Mixed alphabets and what is none.
    ...['аdmin', 'аdmin1', 'pаypal', 'οwner', 'ownеr', 'Ωmega', 'שa', '王б', 'ʼab', 'ab\u02bc', 'ـab', 'ᚠᚢ', '𐌀𐌁'],
    ...['all', 'ALL', 'Everyone', 'here', 'me', 'room', 'system', '所有人'],
  ];
  for (const wanted of refused) {
    test(`${JSON.stringify(wanted)} is none`, () => {
      assert.equal(
        refusal(() => readUsername(wanted, LIMITS)),
        'name_invalid',
      );
    });
  }

  test('what looks the same folds the same, whatever alphabet it is written in', () => {
    assert.equal(foldName('Сара'), foldName('capa'));
    assert.equal(foldName('ВОТ'), foldName('bot'));
    assert.equal(foldName('хауѕ'), 'xays');
    assert.notEqual(foldName('мир'), foldName('mir'));
  });
});

describe('display names', () => {
  test('are kept as people write them', () => {
    for (const name of [
      'A',
      '王小明',
      'Anne-Marie O’Neil',
      '🦦',
      '❤️ Lin',
      'علي بن',
      'Jo\u00e3o',
      '1',
      'x'.repeat(64),
    ]) {
      assert.equal(readDisplayName(name, LIMITS), name);
    }
    assert.equal(readDisplayName('  a   b ', LIMITS), 'a b');
    assert.equal(readDisplayName('Joa\u0303o', LIMITS), 'Jo\u00e3o');
  });
  const refused = [
    '',
    '   ',
    '\u200b',
    '\u3164',
    'x'.repeat(65),
    'a\nb',
    'a\u202eb',
    'a\u2066b',
    'a\u200bb',
    'a\u200db',
    'a\0b',
  ];
  for (const name of [...refused, 'a\u2028b', '\ue000', 'a\ufe0f', 'a\u{e0041}', `a${'\u0301'.repeat(20)}`, '\u0301']) {
    test(`${JSON.stringify(name)} is none`, () => {
      assert.equal(
        refusal(() => readDisplayName(name, LIMITS)),
        'display_name_invalid',
      );
    });
  }
});

describe('passwords', async () => {
  const rules = await loadPasswordRules(LIMITS);
  const names = ['wanderer', 'Mei Lin'];
  const table: [string, string | undefined][] = [
    ['Kx9-wqz', 'password_too_short'],
    ['Kx9-wqz-7', 'password_too_short'],
    ['Kx9-wqz-7r', undefined],
    ['Kx9-wqz-7rPv.2', undefined],
    ['correct horse battery staple', undefined],
    ['密码🐼熊猫吃竹子很慢', undefined],
    ['😀🐼🦦🌊🎈🍵🧭🪁🎻🪵', undefined],
    [LONG.slice(0, 64), undefined],
    [LONG.slice(0, 257), undefined],
    [LONG.slice(0, 1_024), undefined],
    [LONG.slice(0, 1_025), 'password_too_long'],
    ['abc'.repeat(20), 'password_too_common'],
    ['密'.repeat(342), 'password_too_long'],
    ['          ', 'password_too_common'],
    ['aaaaaaaaaaaa', 'password_too_common'],
    ['1234567890', 'password_too_common'],
    ['password123', 'password_too_common'],
    ['P@ssw0rd123', 'password_too_common'],
    ['qwertyuiop', 'password_too_common'],
    ['iloveyou2024', 'password_too_common'],
    ['wandererwanderer', 'password_too_common'],
    ['wanderer12', 'password_too_common'],
    ['wanderer', 'password_too_short'],
    ['e\u0301'.repeat(9), 'password_too_short'],
  ];
  for (const [password, code] of table) {
    test(`${JSON.stringify(password.slice(0, 24))} of ${password.length}: ${code ?? 'good'}`, () => {
      assert.equal(
        refusal(() => rules.check(password, names)),
        code,
      );
    });
  }
});

describe('secrets', () => {
  test('are random, of their form, and read back', () => {
    const seen = new Set(Array.from({ length: 500 }, () => randomId(10)));
    assert.equal(seen.size, 500);
    for (const id of seen) assert.match(id, /^[0-9a-z]{10}$/);
    assert.match(newSecret(), /^[\w-]{43}$/);
    assert.match(newCode(), /^[0-9a-hjkmnp-tv-z]{26}$/);
    const secret = newSecret();
    assert.deepEqual(readSecret(secretOf('abcdefghij' as never, secret)), { user: 'abcdefghij', hash: hashOf(secret) });
  });

  test('a code is read as people type it', () => {
    const code = ownerCodeOf('k'.repeat(32), 'server');
    assert.equal(ownerCodeOf('k'.repeat(32), 'server'), code);
    assert.notEqual(ownerCodeOf('l'.repeat(32), 'server'), code);
    assert.notEqual(ownerCodeOf('k'.repeat(32), 'another'), code);
    assert.equal(readCode(` ${code.toUpperCase().replaceAll('0', 'O').replaceAll('1', 'l')}\n`), code);
  });
});

describe('words of the directory', () => {
  test('begin where words begin, and anywhere in scripts without spaces', () => {
    const words = wordsOf({ username: 'wang_xm', displayName: '王小明 Peter O’Neil' });
    assert.deepEqual(words, [
      ...[
        'wang_xm',
        'xm',
        '王小明 peter o’neil',
        '小明 peter o’neil',
        '明 peter o’neil',
        'peter o’neil',
        'o’neil',
        'neil',
      ],
    ]);
    assert.equal(searchForm('  ＰＥＴＥＲ   o '), 'peter o');
  });
});
