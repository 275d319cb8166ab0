import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { ON_CLUSTER, type Person, startServer, type TestServer } from '@rill/harness';
import type { RoomId } from '@rill/protocol';
import { filesWith, gone } from './files-with.ts';

let canaries = 0;
const canary = () => {
  canaries += 1;
  return `cnry-${canaries}-${'0123456789abcdef'.repeat(2)}`;
};

describe('what was recalled, on disk', { skip: ON_CLUSTER }, () => {
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
    await gone(server.dataDir, text);
  });

  test('P6 what an edit replaced goes with its recall, and so does what a moderator removed', async () => {
    const [first, second] = [canary(), canary()];
    const { seq } = await owner.say(room, first);
    await owner.patch(`/rooms/${room}/messages/${seq}`, { text: second });
    await owner.post(`/rooms/${room}/messages/${seq}/remove`, { reason: 'spam' });
    await server.erase();
    await gone(server.dataDir, first);
    await gone(server.dataDir, second);
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
    await gone(server.dataDir, text);
  });

  test('P6 it happens by itself, and is remembered over a restart', async () => {
    const text = canary();
    await recalled(text);
    const { dataDir } = server;
    await server.halt();
    server = await startServer({ dataDir, eraseAfterMs: 100 });
    await gone(server.dataDir, text);
  });
});
