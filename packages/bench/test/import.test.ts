import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { startServer } from '@rill/harness';

const run = promisify(execFile);
const command = join(import.meta.dirname, '../dev/import.ts');

test('P2 a file is imported once, with its own names and times, however often the command is run', async (t) => {
  const server = await startServer();
  t.after(() => server.stop());
  const folder = await mkdtemp(join(tmpdir(), 'rill-import-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const owner = await server.owner();
  const ada = await server.person({ username: 'ada' });
  const room = await owner.makeRoom({ kind: 'open', name: 'From elsewhere' });

  const file = join(folder, 'talk.ndjson');
  const rows = Array.from({ length: 1_203 }, (_, at) => ({
    name: at % 2 === 0 ? 'Ada' : '外面的人',
    at: new Date(Date.UTC(2004, 11, 25, 9, 14, at)).toISOString(),
    text: `line ${at + 1}`,
  }));
  await writeFile(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  const bring = (token = owner.token) =>
    run(process.execPath, [command, '--file', file, '--room', room.id, '--url', server.url], {
      env: { ...process.env, RILL_TOKEN: token },
    });

  assert.equal((await bring()).stdout, '1203 messages are new.\n');
  assert.equal((await bring()).stdout, '0 messages are new, 1203 were there already.\n');

  const { messages, seq } = await owner.page(room.id, '?limit=2');
  assert.equal(seq, 1_203 + 1, 'the first message says that the room was made');
  const [before, last] = messages;
  assert.ok(last?.kind === 'text' && 'text' in last && before?.kind === 'text' && 'text' in before);
  assert.deepEqual([last.text, last.author, last.at], ['line 1203', ada.id, rows.at(-1)?.at]);
  assert.deepEqual([before.text, before.imported?.name, before.at], ['line 1202', '外面的人', rows.at(-2)?.at]);

  await assert.rejects(bring(ada.token), /forbidden|not_found/, 'only the owner may');
  await writeFile(file, '{"name":"Ada","at":"2004-12-25T09:14:00Z","text":"new"}\nnot a line\n');
  await assert.rejects(bring(), /talk\.ndjson:2 is not JSON/);
  assert.equal((await owner.page(room.id, '?limit=1')).seq, seq, 'nothing is brought of a file with a bad line');
});
