import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, type Person } from '@rill/harness';
import type { ImportLine, Nonce, Room } from '@rill/protocol';
import type { Page } from 'playwright-core';
import { messageWith, signInOn } from './eyes.ts';
import { type Play, play } from './scene-of-two.ts';

const COUNT = 100_000;
const AT_ONCE = 500;
let stage: Play;
let owner: Person;
let room: Room;
let page: Page;
let errors: readonly string[];
/** Pages of the log that were asked for. */
let asked = 0;

/** Every seventh wraps, so that no guess of a height is right. */
function lineOf(number: number): ImportLine {
  const more = number % 7 === 0 ? ' It goes on for long enough to need another line.'.repeat(4) : '';
  return {
    nonce: `n${number}` as Nonce,
    name: number % 5 < 3 ? 'ada' : 'mei',
    at: new Date(Date.UTC(2024, 0, 1) + number * 60_000).toISOString(),
    text: `#${number}.${more}`,
  };
}

before(async () => {
  stage = await play();
  owner = await stage.server.owner({ username: 'mei', displayName: '林美' });
  const ada = await stage.server.person({ username: 'ada', displayName: 'Ada Whitfield' });
  room = await owner.post<Room>('/rooms', { kind: 'open', name: 'Everything', members: [ada.id] });
  for (let from = 1; from <= COUNT; from += AT_ONCE) {
    const messages = Array.from({ length: AT_ONCE }, (_, at) => lineOf(from + at));
    await owner.post(`/rooms/${room.id}/import`, { messages });
  }
  const { seq } = await owner.page(room.id, '?limit=1');
  await ada.put(`/rooms/${room.id}/read`, { seq });
  const opened = await stage.open();
  page = opened.page;
  errors = opened.errors;
  page.on('request', (request) => {
    if (/\/messages\?/.test(request.url())) asked += 1;
  });
  await signInOn(page, stage.server.url, 'ada', PASSWORD);
});
after(async () => stage.end());

const toNewest = () => page.getByRole('button', { name: 'To the newest message' });
const isAtEnd = () => {
  const list = document.querySelector('.timeline');
  return list !== null && list.scrollHeight - list.scrollTop - list.clientHeight < 4;
};

interface Seen {
  readonly wrong: readonly string[];
  readonly numbers: readonly number[];
}

/** What stands in the list when two frames have been painted: every row there is, in order, and nothing blank. */
const look = () =>
  page.evaluate(async (): Promise<Seen> => {
    for (let frame = 0; frame < 2; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      // A message to oneself comes when the frame has been painted.
      const { port1, port2 } = new MessageChannel();
      const painted = new Promise((resolve) => (port1.onmessage = resolve));
      port2.postMessage(undefined);
      await painted;
      port1.close();
    }
    const list = document.querySelector('.timeline')?.getBoundingClientRect() ?? new DOMRect();
    // By their places: what lies under a point cannot be asked for while the list is being scrolled.
    const rows = [...document.querySelectorAll('.timeline ol > li')].map((row) => ({
      text: row.textContent ?? '',
      place: row.getBoundingClientRect(),
    }));
    const wrong: string[] = [];
    for (const { text, place } of rows) {
      if (place.height % 1 !== 0) wrong.push(`${text.slice(0, 12)} is ${place.height} px high`);
    }
    const numbers: number[] = [];
    for (let y = list.top + 1; y < list.bottom; y += 12) {
      const row = rows.find(({ place }) => place.top <= y && y < place.bottom);
      if (row === undefined) {
        const above = rows.findLast(({ place }) => place.bottom <= y)?.place;
        const below = rows.find(({ place }) => place.top > y)?.place;
        const scroller = document.querySelector('.timeline');
        wrong.push(
          `nothing at ${y} of ${list.top}-${list.bottom}: ${above?.top} to ${above?.bottom}, then ${below?.top} to ${below?.bottom}; at ${scroller?.scrollTop} of ${scroller?.scrollHeight}`,
        );
      }
      const number = Number(/#(\d+)\./.exec(row?.text ?? '')?.[1] ?? Number.NaN);
      const before = numbers.at(-1);
      if (Number.isNaN(number) || number === before) continue;
      if (before !== undefined && number !== before + 1) wrong.push(`${number} after ${before}`);
      numbers.push(number);
    }
    return { wrong, numbers };
  });

/** Turns the wheel so many times, and looks each time. */
async function wheel(by: number, times: number): Promise<Seen> {
  const all: Seen[] = [];
  for (let time = 0; time < times; time += 1) {
    await page.mouse.wheel(0, by);
    // On a slow machine a reader may be faster than the server, and waits at the edge.
    await page.waitForFunction(() => (document.querySelector('.timeline')?.scrollTop ?? 0) > 0);
    all.push(await look());
  }
  return {
    wrong: all.flatMap(({ wrong }, time) => wrong.map((what) => `turn ${time}: ${what}`)),
    numbers: [...new Set(all.flatMap(({ numbers }) => numbers))],
  };
}

test('a room of 100,000 messages opens at its newest, with two pages at most', async () => {
  asked = 0;
  await page.goto(`${stage.server.url}/rooms/${room.id}`);
  await messageWith(page, `#${COUNT}.`).waitFor();
  await page.waitForFunction(isAtEnd);
  assert.ok(asked <= 2, `${asked} pages were asked for`);
});

test('from there to its first message and back are a step each', async () => {
  const { messages } = await owner.page(room.id, '?after=0&limit=10');
  const first = messages.find((message) => 'text' in message && message.text.startsWith('#1.'));
  assert.ok(first !== undefined);
  asked = 0;
  await page.goto(`${stage.server.url}/rooms/${room.id}/${first.seq}`);
  await messageWith(page, '#1.').waitFor();
  await page.getByRole('heading', { name: 'Everything' }).last().waitFor();
  await toNewest().click();
  await messageWith(page, `#${COUNT}.`).waitFor();
  await page.waitForFunction(isAtEnd);
  // At each of the three places one, and one more at an edge of it.
  assert.ok(asked <= 6, `${asked} pages were asked for`);
});

for (const [place, open] of [
  ['its end', undefined],
  ['its middle', COUNT / 2],
] as const) {
  test(`scrolling from ${place} shows every message in its place, and no blank row`, async () => {
    await page.goto(`${stage.server.url}/rooms/${room.id}${open === undefined ? '' : `/${open}`}`);
    await messageWith(page, `#${(open ?? COUNT + 1) - 1}.`).waitFor();
    await page.mouse.move(700, 400);
    // The list takes a scroll that follows another within 150 ms for the same one, and draws ahead on its side alone.
    await page.waitForTimeout(300);
    for (const by of [-300, -900, 600]) {
      const { wrong, numbers } = await wheel(by, 30);
      assert.deepEqual(wrong.slice(0, 5), [], `by ${by}`);
      assert.ok(numbers.length > 40, `${numbers.length} messages were seen`);
    }
  });
}

test('nothing went wrong', () => {
  assert.deepEqual(errors, []);
});
