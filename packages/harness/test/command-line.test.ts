import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';

const packages = join(import.meta.dirname, '../..');
const COMMANDS = ['bench/dev/import.ts', 'bench/dev/populate.ts', 'bench/dev/cluster.ts', 'faults/src/main.ts'];

const run = (command: string, option: string) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [join(packages, command), option], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });

describe('a command', () => {
  for (const command of COMMANDS) {
    test(`${command} tells what it does, and what it does not know`, async () => {
      const help = await run(command, '--help');
      assert.equal(help.code, 0, help.err);
      assert.match(help.out, /npm run \w+ -- /);
      const odd = await run(command, '--colour');
      assert.equal(odd.code, 2);
      assert.match(odd.err, /Unknown option '--colour'/);
      assert.ok(odd.err.includes(help.out.trim()));
      assert.doesNotMatch(odd.err, / at .*:\d+:\d+/);
    });
  }
});
