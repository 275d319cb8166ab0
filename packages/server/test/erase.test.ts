import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Person, startServer, type TestServer } from '@rill/harness';
import type { RoomId } from '@rill/protocol';

const PATIENCE_MS = 15_000;
let canaries = 0;
const canary = () => {
  canaries += 1;
  return `cnry-${canaries}-${'0123456789abcdef'.repeat(2)}`;
};

/** Files of a folder that hold the words. */
async function filesWith(folder: string, words: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found: string[] = [];
  for (const file of files) {
    // A file of a rewrite may be gone by now.
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    if (bytes.includes(words)) found.push(file);
  }
  return found;
}

/** Redis takes old files away a moment after it has put the new ones in their place. */
async function gone(server: TestServer, words: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (
    let found = await filesWith(server.dataDir, words);
    found.length > 0;
    found = await filesWith(server.dataDir, words)
  ) {
    if (performance.now() > deadline) assert.fail(`the text is still in ${found.join(', ')}`);
    await sleep(25);
  }
}

describe('what was recalled, on disk', () => {
  let server: TestServer;
  let owner: Person;
  let room: RoomId;

  before(async () => {
    server = await startServer();
    owner = await server.owner();
    room = (await owner.makeRoom()).id;
  });
  after(async () => {
    await server.stop();
    await rm(server.dataDir, { recursive: true, force: true });
  });

  async function recalled(text: string): Promise<void> {
    const { seq } = await owner.say(room, text);
    assert.ok((await filesWith(server.dataDir, text)).length > 0, 'the text was on disk at all');
    await owner.post(`/rooms/${room}/messages/${seq}/recall`);
  }

  test('P6 is gone from every file once they were written anew', async () => {
    const text = canary();
    await recalled(text);
    assert.ok((await filesWith(server.dataDir, text)).length > 0, 'the append-only file had it until now');
    await server.erase();
    await gone(server, text);
  });

  test('P6 what an edit replaced goes with its recall, and so does what a moderator removed', async () => {
    const [first, second] = [canary(), canary()];
    const { seq } = await owner.say(room, first);
    await owner.patch(`/rooms/${room}/messages/${seq}`, { text: second });
    await owner.post(`/rooms/${room}/messages/${seq}/remove`, { reason: 'spam' });
    await server.erase();
    await gone(server, first);
    await gone(server, second);
  });

  test('P6 a rewrite that was running at the recall does not count', async () => {
    const text = canary();
    const { seq } = await owner.say(room, text);
    const redis = server.redis();
    // The rewrite that begins now saves slowly, and has the text.
    await redis.config('SET', 'rdb-key-save-delay', '100000');
    await redis.bgrewriteaof();
    await redis.config('SET', 'rdb-key-save-delay', '0');
    await owner.post(`/rooms/${room}/messages/${seq}/recall`);
    assert.match(await redis.info('persistence'), /aof_rewrite_in_progress:1/);
    await server.erase();
    await gone(server, text);
  });

  test('P6 it happens by itself, and is remembered over a restart', async () => {
    const text = canary();
    await recalled(text);
    const { dataDir } = server;
    await server.halt();
    server = await startServer({ dataDir, eraseAfterMs: 100 });
    await gone(server, text);
  });
});
