import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, type Person } from '@rill/harness';
import type { Room } from '@rill/protocol';
import { messageWith, signInOn } from './eyes.ts';
import { type Play, play, UNPACED } from './scene-of-two.ts';

/** More than are found by looking. */
const MANY = 24;

let stage: Play;
let owner: Person;
let room: Room;
before(async () => {
  stage = await play(UNPACED);
  owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const people = await Promise.all(
    Array.from({ length: MANY }, (_, at) =>
      stage.server.person({ username: `reader${at}`, displayName: at === 7 ? '赵敏' : `Reader ${at}` }),
    ),
  );
  await stage.server.person({ username: 'zhaoyun', displayName: '赵云' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'Reading club', members: people.map(({ id }) => id) });
});
after(async () => stage.end());

test('in a room of many a member is found by name, and can be acted on', async () => {
  const { page, context, errors } = await stage.open();
  await signInOn(page, stage.server.url, 'mei', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${room.id}/members`);
  const rows = page.getByRole('list', { name: 'Members' }).getByRole('listitem');
  await page.getByRole('heading', { name: '25 members' }).waitFor();
  const field = page.getByRole('searchbox', { name: 'Find a member' });
  await field.fill('赵');
  await page.waitForFunction(() => document.querySelectorAll('.panel .row').length === 1);
  assert.match(await rows.innerText(), /赵敏\s+reader7/);
  await rows.getByRole('button', { name: 'Actions for 赵敏' }).click();
  await page.getByRole('menuitem', { name: 'Make admin' }).click();
  await rows.getByText('Admin', { exact: true }).waitFor();
  assert.equal(await field.inputValue(), '赵', 'what was sought stays');
  await field.fill('nobody');
  await page.getByText('Nobody here has a name that begins like that.').waitFor();
  await field.fill('');
  await page.waitForFunction((many) => document.querySelectorAll('.panel .row').length === many, MANY + 1);
  assert.deepEqual(errors, []);
  await context.close();
});

test('who is in the room already cannot be picked; several who are added are told of in one line', async () => {
  const { page, context, errors } = await stage.open();
  for (const name of ['Nadia Okafor', 'Noam Levi'])
    await stage.server.person({ username: name.slice(0, 4), displayName: name });
  await signInOn(page, stage.server.url, 'mei', PASSWORD);
  await page.goto(`${stage.server.url}/rooms/${room.id}/members`);
  await page.getByRole('button', { name: 'Add people' }).click();
  const people = page.getByRole('combobox', { name: 'People' });
  await people.fill('赵');
  await page.getByRole('option', { name: /赵云/ }).waitFor();
  assert.match(await page.getByRole('option', { name: /赵敏/ }).innerText(), /already in/);
  await page.getByRole('option', { name: /赵云/ }).click();
  for (const name of ['Nadia', 'Noam']) {
    await people.fill(name);
    await page.getByRole('option', { name: new RegExp(name) }).click();
  }
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
  await messageWith(page, 'You added 赵云, Nadia Okafor, and Noam Levi').waitFor();
  await page.getByRole('heading', { name: '28 members' }).waitFor();
  assert.equal(await page.locator('.message', { hasText: 'You added' }).count(), 1);
  // It is one line for who comes later, too.
  await page.reload();
  await messageWith(page, 'You added 赵云, Nadia Okafor, and Noam Levi').waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});
