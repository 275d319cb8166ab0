import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFragment, readRoute } from '../src/app/route.ts';
import { paths } from '../src/model/paths.ts';
import type { RoomId } from '@rill/protocol';

const room = '7f0123456789abcdef' as RoomId;

test('every address that the face makes, it reads', () => {
  assert.deepEqual(readRoute(paths.home), { name: 'home' });
  assert.deepEqual(readRoute(paths.room(room)), { name: 'room', room });
  assert.deepEqual(readRoute(paths.message(room, 42)), { name: 'room', room, seq: 42 });
  assert.deepEqual(readRoute(paths.panel(room, 'members')), { name: 'room', room, panel: 'members' });
  assert.deepEqual(readRoute(paths.panel(room, 'find')), { name: 'room', room, panel: 'find' });
  assert.deepEqual(readRoute(paths.found(room, 42)), { name: 'room', room, panel: 'find', seq: 42 });
  assert.deepEqual(readRoute(paths.newRoom), { name: 'new-room' });
  assert.deepEqual(readRoute(paths.newDirect), { name: 'new-direct' });
  assert.deepEqual(readRoute(paths.explore), { name: 'explore' });
  assert.deepEqual(readRoute(paths.settings('look')), { name: 'settings', section: 'look' });
  assert.deepEqual(readRoute(paths.administration()), { name: 'administration' });
  for (const path of [paths.signIn, paths.register, paths.reset]) assert.notEqual(readRoute(path).name, 'missing');
});

test('whatever else stands in the address bar is missing, never an error', () => {
  for (const path of [
    '/rooms',
    '/rooms/x',
    `/rooms/${room}/0`,
    `/rooms/${room}/01`,
    `/rooms/${room}/1e9`,
    `/rooms/${room}/members/x`,
    `/rooms/${room}/members/4`,
    `/rooms/${room}/find/x`,
    `/rooms/${room}/find/4/4`,
    '/settings/look/find/4',
    '/rooms/%00',
    '/settings/nothing',
    '/settings/look/more',
    '/new',
    '/__proto__',
    '/constructor',
    '/%E0%A4%A',
  ]) {
    assert.deepEqual(readRoute(path), { name: 'missing' }, path);
  }
});

test('secrets are read from the fragment', () => {
  assert.deepEqual(readFragment('#owner=ABC-DEF'), { owner: 'ABC-DEF' });
  assert.deepEqual(readFragment('#invite=x_y'), { invite: 'x_y' });
  assert.deepEqual(readFragment('#reset=u.secret'), { reset: 'u.secret' });
  assert.deepEqual(readFragment('#conversation'), {});
  assert.deepEqual(readFragment(''), {});
});
