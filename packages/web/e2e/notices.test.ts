import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Person, PASSWORD, until } from '@rill/harness';
import type { Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { signInOn, watched } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

interface Notice {
  readonly body: string;
  readonly closed: boolean;
}

let stage: Play;
let owner: Person;
let ada: Person;
let page: Page;
before(async () => {
  stage = await play();
  owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  ({ page } = await stage.open());
  // Headless, the browser shows no notifications, and every page is looked at.
  await page.addInitScript(() => {
    const notices: { body: string; closed: boolean }[] = [];
    class Notification {
      static permission = 'granted';
      readonly notice: { body: string; closed: boolean };
      constructor(_title: string, { body }: { body: string }) {
        this.notice = { body, closed: false };
        notices.push(this.notice);
      }
      addEventListener() {}
      close() {
        this.notice.closed = true;
      }
    }
    Object.assign(globalThis, { notices, Notification });
    document.hasFocus = () => false;
    localStorage.setItem('rill:look', JSON.stringify({ locale: 'en', notify: true }));
  });
});
after(async () => stage.end());

const noticed = (about: (notices: readonly Notice[]) => boolean) =>
  until('the notices are so', async () => about(await page.evaluate<readonly Notice[]>('notices')));

test('P6 a notification goes when its message is recalled, also when it is the last no more', async () => {
  const room = await owner.post<Room>('/rooms', { kind: 'open', name: 'Harbour', members: [ada.id] });
  await owner.say(room.id, 'Before');
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
  await watched(page);
  await page.getByText('Before').waitFor();
  const { seq } = await owner.say(room.id, 'a secret');
  await noticed((notices) => notices.some(({ body, closed }) => body === 'a secret' && !closed));
  await owner.patch(`/rooms/${room.id}`, { topic: 'Another topic' });
  await page.getByText('Another topic').waitFor();
  await owner.post(`/rooms/${room.id}/messages/${seq}/recall`);
  await noticed((notices) => notices.every(({ closed }) => closed));
});

test('a notification goes with the room, when one is removed from it', async () => {
  const room = await owner.post<Room>('/rooms', { kind: 'closed', name: 'Secret', members: [ada.id] });
  await page.getByRole('link', { name: /^Secret/ }).waitFor();
  await owner.say(room.id, 'for us alone');
  await noticed((notices) => notices.some(({ body, closed }) => body === 'for us alone' && !closed));
  await owner.delete(`/rooms/${room.id}/members/${ada.id}`);
  await noticed((notices) => notices.every(({ closed }) => closed));
});

test('who wants to hear of mentions alone is called by those, and by nothing else', async () => {
  const room = await owner.post<Room>('/rooms', { kind: 'open', name: 'Yard', members: [ada.id] });
  await ada.patch(`/rooms/${room.id}/members/me`, { involvement: 'mentions' });
  await page.getByRole('link', { name: /^Yard/ }).waitFor();
  await owner.say(room.id, 'nothing for adamant people');
  await page.getByText('nothing for adamant people').waitFor();
  await Promise.all(['look, @Ada: a heron', 'gone again', 'never mind'].map((text) => owner.say(room.id, text)));
  await noticed((notices) => notices.some(({ body }) => body === 'look, @Ada: a heron'));
  const bodies = await page.evaluate<string[]>('notices.map(({ body }) => body)');
  assert.ok(!bodies.includes('nothing for adamant people'));
});

test('who is brought into a room is told so', async () => {
  const room = await owner.post<Room>('/rooms', { kind: 'closed', name: 'Attic' });
  await owner.put(`/rooms/${room.id}/members/${ada.id}`);
  await noticed((notices) => notices.some(({ body, closed }) => body === 'You were added to Attic' && !closed));
});

test('the first message of somebody new calls, and each after it', async () => {
  const direct = await owner.post<Room>('/rooms', { kind: 'direct', members: [ada.id] });
  await owner.say(direct.id, 'hello ada');
  await noticed((notices) => notices.some(({ body }) => body === 'hello ada'));
  await owner.say(direct.id, 'are you there?');
  await noticed((notices) => notices.some(({ body }) => body === 'are you there?'));
  const bodies = await page.evaluate<string[]>('notices.map(({ body }) => body)');
  assert.equal(new Set(bodies).size, bodies.length, 'nothing calls twice');
});
