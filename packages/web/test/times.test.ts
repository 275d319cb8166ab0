import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTimes } from '../src/i18n/times.ts';
import { spaced } from '../src/i18n/zh/spaced.ts';
import { preferredLocale } from '../src/i18n/words.ts';

const now = Date.parse('2026-03-04T08:00:00.000Z');
const at = (text: string) => Date.parse(text);

test('times are short, local and never wrong', () => {
  const en = createTimes('en-GB', 'UTC');
  assert.equal(en.short(at('2026-03-04T07:05:00.000Z'), now), '07:05');
  assert.equal(en.short(at('2026-03-03T07:05:00.000Z'), now), 'Yesterday');
  assert.equal(en.short(at('2026-02-28T07:05:00.000Z'), now), 'Sat');
  assert.equal(en.short(at('2026-01-05T07:05:00.000Z'), now), '5 Jan');
  assert.equal(en.short(at('2025-12-31T07:05:00.000Z'), now), '31/12/2025');
  const zh = createTimes('zh-CN', 'Asia/Shanghai');
  assert.equal(zh.short(at('2026-03-03T07:05:00.000Z'), now), '昨天');
  assert.equal(zh.day(at('2026-03-04T00:05:00.000Z'), now), '今天');
  assert.equal(zh.day(at('2026-02-28T07:05:00.000Z'), now), '星期六');
});

test('a day is the reader’s own, also where clocks change', () => {
  const berlin = createTimes('en', 'Europe/Berlin');
  assert.equal(berlin.dayNumber(at('2026-03-28T23:30:00.000Z')), berlin.dayNumber(at('2026-03-29T20:00:00.000Z')));
  assert.notEqual(berlin.dayNumber(at('2026-03-29T21:59:00.000Z')), berlin.dayNumber(at('2026-03-29T22:01:00.000Z')));
});

test('spans are told in their largest whole unit', () => {
  const en = createTimes('en', 'UTC');
  assert.deepEqual([45, 120, 3_600, 90, 86_400, 604_800].map(en.span), [
    '45 seconds',
    '2 minutes',
    '1 hour',
    '90 seconds',
    '1 day',
    '7 days',
  ]);
  assert.equal(createTimes('zh-CN', 'UTC').span(120), '2 分钟');
});

test('what is left counts down to nothing', () => {
  const { left } = createTimes('en', 'UTC');
  assert.deepEqual([119_001, 60_000, 999, 0, -5, 3_661_000].map(left), [
    '2:00',
    '1:00',
    '0:01',
    '0:00',
    '0:00',
    '1:01:01',
  ]);
});

test('a name that is not Chinese stands apart in a Chinese sentence', () => {
  assert.equal(spaced`停用${'Ada'}？`, '停用 Ada？');
  assert.equal(spaced`给${'陈默'}的链接`, '给陈默的链接');
  assert.equal(spaced`给${'Ada'}的链接`, '给 Ada 的链接');
});

test('the browser’s languages choose ours', () => {
  assert.equal(preferredLocale(['zh-TW', 'en']), 'zh-CN');
  assert.equal(preferredLocale(['de-DE', 'zh']), 'zh-CN');
  assert.equal(preferredLocale(['fr']), 'en');
});
