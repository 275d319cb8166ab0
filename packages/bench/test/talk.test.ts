import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { nonceOf } from '../dev/pour.ts';
import { readLines, readTalk } from '../dev/talk.ts';

async function fileOf(t: TestContext, name: string, content: string | Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rill-talk-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const all = async (file: string) => {
  const lines = [];
  for await (const line of readLines(file)) lines.push(line);
  return lines;
};

test('lines are read plain and compressed, names by either word, times in UTC', async (t) => {
  const rows = [
    { name: '张三', at: '2004-12-25T09:14:00Z', text: '你好' },
    { user: 'Ada', at: '2004-12-25T10:14:00+01:00', text: 'hello' },
  ];
  const text = `${rows.map((row) => JSON.stringify(row)).join('\r\n')}\n\n`;
  const expected = [
    { name: '张三', at: '2004-12-25T09:14:00.000Z', text: '你好' },
    { name: 'Ada', at: '2004-12-25T09:14:00.000Z', text: 'hello' },
  ];
  assert.deepEqual(await all(await fileOf(t, 'talk.ndjson', text)), expected);
  assert.deepEqual(await all(await fileOf(t, 'talk.ndjson.gz', gzipSync(text))), expected);
});

for (const [what, row, complaint] of [
  ['not JSON', 'hello', /:2 is not JSON/],
  ['null', 'null', /:2 has no name/],
  ['no name', '{"at":"2004-12-25T09:14:00Z","text":"x"}', /:2 has no name/],
  ['no text', '{"name":"a","at":"2004-12-25T09:14:00Z"}', /:2 has no text/],
  ['no time', '{"name":"a","text":"x"}', /:2 has no time/],
  ['no such time', '{"name":"a","at":"yesterday","text":"x"}', /:2 has no time/],
] as const) {
  test(`a line that is ${what} is named`, async (t) => {
    const good = JSON.stringify({ name: 'a', at: '2004-12-25T09:14:00Z', text: 'x' });
    await assert.rejects(all(await fileOf(t, 'talk.ndjson', `${good}\n${row}\n`)), complaint);
  });
}

test('made-up talk is always the same, and as long as real talk is', async () => {
  const { from, lines } = await readTalk(20_000, 'there is no such file');
  assert.equal(from, 'made up');
  assert.deepEqual(lines, (await readTalk(20_000, 'there is no such file')).lines);
  const mean = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / lines.length;
  assert.ok(mean > 50 && mean < 62, `mean ${mean}`);
  assert.ok(lines.every(({ text }) => text.length > 0));
});

test('a line has the same nonce each time, and another at another place', () => {
  const line = { name: 'a', at: '2004-12-25T09:14:00.000Z', text: 'x' };
  assert.equal(nonceOf(line, 1), nonceOf({ ...line }, 1));
  assert.notEqual(nonceOf(line, 1), nonceOf(line, 2));
  assert.match(nonceOf(line, 1), /^[!-~]{1,64}$/);
});
