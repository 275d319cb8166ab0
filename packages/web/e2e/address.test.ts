import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD } from '@rill/harness';
import type { Room } from '@rill/protocol';
import { messageWith, signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

let stage: Play;
before(async () => {
  stage = await play();
  const owner = await stage.server.owner({ username: 'mei' });
  for (const name of ['Reading club', 'Garden']) {
    const room = await owner.post<Room>('/rooms', { kind: 'open', name });
    await owner.say(room.id, `Welcome to ${name}`);
  }
});
after(async () => stage.end());

test('the way back goes through the rooms one was in, each once, and a link to where one is adds none', async () => {
  const { page, errors } = await stage.open();
  await signInOn(page, stage.server.url, 'mei', PASSWORD);
  const link = (name: string) => page.getByRole('link', { name: new RegExp(name) });
  await link('Reading club').click();
  await messageWith(page, 'Welcome to Reading club').waitFor();
  const steps = await page.evaluate('history.length');
  await link('Reading club').click();
  await link('Reading club').click();
  assert.equal(await page.evaluate('history.length'), steps);
  await link('Garden').click();
  await messageWith(page, 'Welcome to Garden').waitFor();
  await page.goBack();
  await messageWith(page, 'Welcome to Reading club').waitFor();
  await page.goForward();
  await messageWith(page, 'Welcome to Garden').waitFor();

  // What is for the browser is left to it.
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    link('Reading club').click({ modifiers: ['ControlOrMeta'] }),
  ]);
  await messageWith(tab, 'Welcome to Reading club').waitFor();
  await messageWith(page, 'Welcome to Garden').waitFor();
  assert.deepEqual(errors, []);
});
