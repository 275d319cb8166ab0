import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pinyin } from 'pinyin-pro';
import { matchOf } from '../src/model/match.ts';
import { readingsOf } from '../src/model/pinyin.ts';

const finds = (name: string, ...typed: string[]) => {
  for (const each of typed) assert.ok(matchOf(each, name) !== undefined, `${each} does not find ${name}`);
};
const misses = (name: string, ...typed: string[]) => {
  for (const each of typed) assert.equal(matchOf(each, name), undefined, `${each} finds ${name}`);
};

test('names are found by their beginnings, by words, by signs in order', () => {
  finds('张三', '张', '三');
  finds('Ada Whitfield', 'ada', 'field', 'awf', 'ADA w');
  assert.ok((matchOf('ada', 'Ada Whitfield') ?? 9) < (matchOf('field', 'Ada Whitfield') ?? 9));
  misses('Ada', 'zz', 'adaa');
});

test('Chinese names are found by initials, by whole syllables, by both mixed and by beginnings', () => {
  finds(
    '张三',
    'z',
    'zs',
    'zhs',
    'zhang',
    'zhangs',
    'zhangsan',
    'zhang san',
    'zsan',
    'zhsan',
    'ZhangSan',
    'zhāngsān',
    'zh三',
  );
  misses('张三', 'zhangsang', 'zhanx', 'shang', 'zssan');
  finds('张小三', 'xiaosan', 'san', 'zxs');
  assert.ok((matchOf('xs', '小三') ?? 9) < (matchOf('xs', '张小三') ?? 9), 'from its beginning fits better');
  finds('西安', 'xian', 'xa');
  finds('陈默 Chen', 'chenmochen', 'cmchen', 'chen mo chen');
  finds('发布 2.4', 'fabu2', 'fb2.4', 'fb24');
  finds('發佈說明', 'fabushuoming', 'fbsm');
  finds('钟玥婷', 'zhongyueting');
});

test('a character is found by each of its readings, and ü by v, u and ü', () => {
  finds('重庆', 'chongqing', 'zhongqing', 'cq');
  finds('单田芳', 'shantianfang', 'dantianfang', 'stf');
  finds('仇英', 'qiuying', 'chouying');
  finds('曾国藩', 'zeng', 'zgf');
  finds('万俟卨', 'moqi');
  finds('尉迟恭', 'yuchi');
  finds('银行', 'yinhang', 'yinxing');
  finds('吕布', 'lvbu', 'lubu', 'lübu');
});

test('what can be cut into syllables in very many ways is answered all the same', () => {
  const name = '啊安'.repeat(24);
  finds(name, 'aan'.repeat(24));
  misses(name, 'a'.repeat(60), `${'aan'.repeat(23)}aq`);
});

test('no reading that the dictionary has for a common character is missing', () => {
  const signs = new Set<string>();
  for (const [encoding, first, last] of [
    ['gbk', 0xb0, 0xf7],
    ['big5', 0xa4, 0xc6],
  ] as const) {
    const decoder = new TextDecoder(encoding);
    for (let high = first; high <= last; high += 1)
      for (let low = encoding === 'gbk' ? 0xa1 : 0x40; low <= 0xfe; low += 1)
        if (low < 0x7f || low > 0xa0) signs.add(decoder.decode(Uint8Array.of(high, low)));
  }
  const common = [...signs].filter((sign) => /^\p{Script=Han}$/u.test(sign));
  assert.ok(common.length > 8_000, `only ${common.length} characters`);
  const missing = common.flatMap((sign) => {
    const readings = readingsOf(sign);
    return pinyin(sign, { multiple: true, toneType: 'none', v: true, type: 'array' })
      .filter((reading) => /[aeiouv]/.test(reading) && !readings.includes(reading))
      .map((reading) => `${sign} ${reading}`);
  });
  assert.deepEqual(missing, []);
});
