import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, type Person } from '@rill/harness';
import type { Room } from '@rill/protocol';
import { messageWith, signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

let stage: Play;
let owner: Person;
let room: Room;
before(async () => {
  stage = await play();
  owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'Reading club', members: [ada.id] });
  await owner.say(room.id, 'Chapter one by Friday');
});
after(async () => stage.end());

test('P5 who leaves a room is out of it in every tab, hears nothing more of it, and may come back', async () => {
  const { page, context, errors } = await stage.open();
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  const other = await context.newPage();
  await other.goto(`${stage.server.url}/rooms/${room.id}`);
  await messageWith(other, 'Chapter one by Friday').waitFor();
  await page.goto(`${stage.server.url}/rooms/${room.id}/details`);
  await messageWith(page, 'Chapter one by Friday').waitFor();
  await page.bringToFront();
  await page.getByRole('button', { name: 'Leave room' }).click();
  await page.getByRole('dialog', { name: 'Leave Reading club?' }).getByRole('button', { name: 'Leave room' }).click();
  await page.getByRole('heading', { name: 'No rooms yet' }).first().waitFor();
  assert.equal(await page.getByRole('link', { name: /Reading club/ }).count(), 0);
  await other.getByRole('button', { name: 'Join room' }).waitFor();
  assert.equal(await other.getByText('Chapter one by Friday').count(), 0);

  await owner.say(room.id, 'Said after she left');
  const { messages } = await owner.page(room.id);
  assert.ok(messages.some((message) => message.kind === 'system' && message.note.code === 'member.left'));
  await other.reload();
  await other.getByRole('button', { name: 'Join room' }).waitFor();

  await page.goto(`${stage.server.url}/explore`);
  await page.getByRole('button', { name: 'Join: Reading club' }).waitFor();
  // A link that somebody sent is a way in too.
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
  await page.getByRole('heading', { name: 'Reading club' }).waitFor();
  assert.equal(await page.getByText('Said after she left').count(), 0);
  await page.getByRole('button', { name: 'Join room' }).click();
  await messageWith(page, 'Said after she left').waitFor();
  await page.getByRole('textbox', { name: 'Message to Reading club' }).fill('Back again');
  await page.keyboard.press('Enter');
  await messageWith(page, 'Back again').waitFor();
  await messageWith(page, 'Ada Whitfield joined').or(messageWith(page, 'You joined')).first().waitFor();
  assert.deepEqual(errors, []);
});

test('P5 a link to a closed room says no more than one to nowhere; who is alone in a room may leave it', async () => {
  const closed = await owner.post<Room>('/rooms', { kind: 'closed', name: 'Plans' });
  const { page, errors } = await stage.open();
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  for (const id of [closed.id, '7f0000000000000000']) {
    await page.goto(`${stage.server.url}/rooms/${id}`);
    await page.getByRole('heading', { name: 'This room is not here' }).waitFor();
    assert.equal(await page.getByText('Plans').count(), 0);
  }
  const host = await stage.open();
  await signInOn(host.page, stage.server.url, 'mei', PASSWORD);
  await host.page.goto(`${stage.server.url}/rooms/${closed.id}/details`);
  await host.page.getByRole('button', { name: 'Leave room' }).click();
  const asked = host.page.getByRole('dialog', { name: 'Leave Plans?' });
  await asked.getByText('You are the only one here').waitFor();
  await asked.getByRole('button', { name: 'Leave room' }).click();
  await host.page.getByRole('link', { name: /Plans/ }).waitFor({ state: 'detached' });
  assert.deepEqual([...errors, ...host.errors], []);
});
