import { messageWith } from '../eyes.ts';
import { at, inRoom, own, type Scene } from './scene.ts';

/** The rooms, and what can be seen of one. */
export const ROOMS: readonly Scene[] = [
  {
    name: 'rooms',
    who: 'owner',
    go: async (page, stage) => {
      // At a desk it would open where somebody was.
      await page.addInitScript(() => {
        for (const key of Object.keys(localStorage)) if (key.startsWith('rill:last:')) localStorage.removeItem(key);
      });
      await page.goto(stage.server.url);
    },
  },
  {
    name: 'rooms-toured',
    who: 'owner',
    go: async (page, stage) => {
      await page.goto(stage.server.url);
      await page.waitForSelector('.room-row');
      await page.locator('.tour button:visible').click();
    },
  },
  {
    // That of the README and its Chinese sister, docs/pictures: at a desk, light and dark.
    name: 'picture',
    who: 'neighbour',
    go: async (page, stage) => {
      const chinese = await page.evaluate(() => navigator.language.startsWith('zh'));
      const text = chinese ? '好，我今晚把回滚演练再走一遍。' : 'Reads well on my phone, too.';
      await inRoom(chinese ? 'release' : 'design')(page, stage);
      await own(page, text);
      await messageWith(page, text).last().hover();
    },
  },
  { name: 'rooms-none', who: 'newcomer', go: at('/') },
  {
    name: 'first-room',
    who: 'beginner',
    go: async (page, stage) => {
      await page.goto(`${stage.begun.url}/rooms/${stage.firstRoom.id}`);
      await page.waitForSelector('.beginning-next');
    },
  },
  { name: 'room-busy', who: 'owner', go: inRoom('general') },
  { name: 'room-mixed', who: 'owner', go: inRoom('design') },
  { name: 'room-first', who: 'owner', go: inRoom('first') },
  {
    name: 'room-direct',
    who: 'owner',
    go: async (page, stage) => void (await page.goto(`${stage.server.url}/rooms/${stage.direct.id}`)),
  },
  {
    name: 'direct-details',
    who: 'owner',
    go: async (page, stage) => {
      await page.goto(`${stage.server.url}/rooms/${stage.direct.id}/details`);
      await page.waitForSelector('.panel .form-actions');
    },
  },
  { name: 'room-quiet', who: 'owner', go: inRoom('quiet') },
  { name: 'room-archived', who: 'owner', go: inRoom('archive') },
  { name: 'room-strange', who: 'owner', go: inRoom('strange') },
  { name: 'room-short', who: 'owner', go: inRoom('short') },
  { name: 'room-long', who: 'owner', go: inRoom('long') },
  {
    name: 'room-long-open',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('long')(page, stage);
      await page.locator('.message-more').first().click();
    },
  },
  {
    name: 'room-far-from-end',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('long')(page, stage);
      // Until the list has found its place it goes to the end itself.
      await page.waitForFunction(() => {
        document.querySelector('.timeline')?.scrollTo(0, 0);
        return document.querySelector('.to-end') !== null;
      });
    },
  },
  {
    name: 'room-typing',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('quiet')(page, stage);
      const line = await stage.people.yuki.live();
      // Told again and again, as a client does: who comes between two of them hears the next.
      const typing = () => void line.ack({ type: 'typing', room: stage.rooms.quiet.id });
      typing();
      const timer = setInterval(typing, 1_000);
      await page.waitForSelector('.typing-line:not(:empty)').finally(() => clearInterval(timer));
    },
  },
  { name: 'room-absent', who: 'owner', go: at('/rooms/7f0000000000000000') },
  {
    name: 'room-to-join',
    who: 'guest',
    go: async (page, stage) => {
      await page.goto(`${stage.server.url}/rooms/${stage.rooms.general.id}`);
      await page.waitForSelector('.main .empty-actions button');
    },
  },
  {
    name: 'room-crowd',
    who: 'owner',
    costly: true,
    go: async (page, stage) => {
      const room = await stage.crowd();
      await page.goto(`${stage.server.url}/rooms/${room.id}/members`);
      await page.waitForSelector('.panel .row');
    },
  },
  { name: 'members', who: 'owner', go: inRoom('design', '/members') },
  {
    name: 'members-add',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('design', '/members')(page, stage);
      await page.locator('.panel button').first().click();
      await page.waitForSelector('.picker-option');
    },
  },
  {
    name: 'find',
    who: 'owner',
    go: async (page, stage) => {
      // Only what was on the screen is here.
      await inRoom('general')(page, stage);
      await page.locator('.room-bar a[href$="/find"]').click();
      await page.fill('.panel [type=search]', '导入');
      await page.waitForSelector('.find-hit');
    },
  },
  { name: 'room-details', who: 'owner', go: inRoom('design', '/details') },
  {
    name: 'room-details-read-only',
    who: 'guest',
    go: async (page, stage) => {
      await page.goto(`${stage.server.url}/rooms/${stage.rooms.guest.id}/details`);
      await page.waitForSelector('.facts');
    },
  },
  {
    name: 'room-leave',
    who: 'owner',
    go: async (page, stage) => {
      await inRoom('design', '/details')(page, stage);
      await page.locator('.panel .form-actions button').last().click();
      await page.waitForSelector('dialog[open]');
    },
  },
];
