/**
 * The readings of Chinese characters, from what the browser itself knows: its collation sorts by pinyin, so a
 * character's initial is found between the first characters of each letter. No dictionary is shipped.
 */
const FIRSTS: readonly [string, string][] = [
  ['a', '阿'],
  ['b', '八'],
  ['c', '嚓'],
  ['d', '哒'],
  ['e', '妸'],
  ['f', '发'],
  ['g', '旮'],
  ['h', '哈'],
  ['j', '讥'],
  ['k', '咔'],
  ['l', '垃'],
  ['m', '痳'],
  ['n', '拏'],
  ['o', '噢'],
  ['p', '妑'],
  ['q', '七'],
  ['r', '呥'],
  ['s', '扨'],
  ['t', '它'],
  ['w', '穵'],
  ['x', '夕'],
  ['y', '丫'],
  ['z', '帀'],
];
const HAN = /\p{Script=Han}/u;

let collator: Intl.Collator | undefined;

/** The first letters of a name as it is read: 张三 → zs. Letters stay; empty where nothing can be read. */
export function pinyinInitials(name: string): string {
  collator ??= new Intl.Collator('zh-Hans-CN-u-co-pinyin');
  let initials = '';
  for (const sign of name.toLocaleLowerCase()) {
    if (!HAN.test(sign)) {
      if (/[\p{L}\p{N}]/u.test(sign)) initials += sign;
      continue;
    }
    initials += initialOf(sign, collator);
  }
  return initials;
}

function initialOf(sign: string, by: Intl.Collator): string {
  let found = '';
  for (const [letter, first] of FIRSTS) {
    if (by.compare(sign, first) < 0) break;
    found = letter;
  }
  return found;
}
