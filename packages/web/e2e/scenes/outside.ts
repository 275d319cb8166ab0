import { PASSWORD } from '@rill/harness';
import type { NewInvite } from '@rill/protocol';
import { at, type Scene } from './scene.ts';

/** Before somebody is in. */
export const OUTSIDE: readonly Scene[] = [
  { name: 'sign-in', who: 'nobody', go: at('/sign-in') },
  {
    name: 'sign-in-wrong',
    who: 'nobody',
    go: async (page, stage) => {
      await page.goto(`${stage.server.url}/sign-in`);
      await page.fill('[name=username]', 'mei');
      await page.fill('[name=password]', 'not the password');
      await page.click('button[type=submit]');
      await page.waitForSelector('.banner-danger');
    },
  },
  {
    name: 'register',
    who: 'nobody',
    go: async (page, stage) => {
      const { code } = await stage.owner.post<NewInvite>('/invites', {});
      await page.goto(`${stage.server.url}/register#invite=${code}`);
    },
  },
  {
    name: 'register-spent',
    who: 'nobody',
    go: async (page, stage) => {
      await page.goto(`${stage.begun.url}/register#invite=0123456789`);
      await page.waitForSelector('.gate .button-primary');
    },
  },
  {
    name: 'register-wrong',
    who: 'nobody',
    go: async (page, stage) => {
      await page.goto(`${stage.server.url}/register`);
      await page.fill('[name=username]', 'ada');
      await page.fill('[name=password]', `${PASSWORD} twice`);
      await page.click('button[type=submit]');
      await page.waitForSelector('.field-error');
    },
  },
  { name: 'reset', who: 'nobody', go: at('/reset#reset=0123456789') },
  { name: 'reset-incomplete', who: 'nobody', go: at('/reset') },
  {
    name: 'owner',
    who: 'nobody',
    go: async (page, stage) => void (await page.goto(`${stage.fresh.url}/#owner=${stage.fresh.ownerCode}`)),
  },
  {
    name: 'owner-by-code',
    who: 'nobody',
    go: async (page, stage) => void (await page.goto(stage.fresh.url)),
  },
  {
    name: 'server-away',
    who: 'nobody',
    go: async (page, stage) => {
      await page.route('**/api/**', (route) => route.abort());
      await page.goto(stage.server.url);
      await page.waitForSelector('.empty');
    },
  },
];
