import type { UpFrame } from '@rill/protocol';
import { FOLLOWED } from '../attention.ts';

type FollowFrame = Extract<UpFrame, { type: 'follow' }>;

/** What is on the screens of several tabs, as one: of too much, what was looked at last; somebody is here where one is. */
export function followOf(frames: readonly FollowFrame[]): Omit<FollowFrame, 'ref'> {
  return {
    type: 'follow',
    rooms: newest(frames.map(({ rooms }) => rooms)).slice(-FOLLOWED.rooms),
    users: newest(frames.map(({ users }) => users)).slice(-FOLLOWED.users),
    presence: frames.some(({ presence }) => presence === 'online') ? 'online' : 'away',
  };
}

/** Each once, where it stands last. */
function newest<Each>(lists: readonly (readonly Each[])[]): Each[] {
  const seen = new Set<Each>();
  for (const each of lists.flat()) {
    seen.delete(each);
    seen.add(each);
  }
  return [...seen];
}
