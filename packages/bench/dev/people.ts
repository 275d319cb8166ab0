import { createHash } from 'node:crypto';
import type { RoomId } from '@rill/protocol';
import { type Person, register } from '@rill/harness';
import { type Api, createApi } from './api.ts';
import { nonceOf } from './pour.ts';
import { createProgress } from './progress.ts';
import type { Line } from './talk.ts';

/** So many passwords are hashed at once, no more: the server would make the others wait. */
const AT_ONCE = 2;

/** Makes accounts, the first of them the server's owner. */
export async function gather(url: string, ownerCode: string, count: number): Promise<Person[]> {
  const progress = createProgress('accounts', count);
  const people = [await register(url, { username: 'owner', code: ownerCode })];
  let begun = 1;
  const next = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      people.push(await register(url, { username: `person${begun}` }));
      progress.at(people.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  progress.end();
  return people;
}

/** Says every line through the API, each writer as one of the people; so many are on the way at once. */
export async function say(
  people: readonly Person[],
  room: RoomId,
  lines: readonly Line[],
  onTheWay: number,
): Promise<void> {
  const apis = people.map(({ url, token }) => createApi(url, token));
  const writers = new Map<string, Api>();
  const writerOf = ({ name }: Line): Api => {
    const known = writers.get(name);
    if (known) return known;
    const at = createHash('sha256').update(name).digest().readUInt32LE(0) % apis.length;
    const api = apis[at];
    if (!api) throw new Error('nobody is there');
    writers.set(name, api);
    return api;
  };
  const progress = createProgress('through the API', lines.length);
  let taken = 0;
  let done = 0;
  const next = async (): Promise<void> => {
    for (let line = lines[taken]; line !== undefined; line = lines[taken]) {
      taken += 1;
      await writerOf(line).post(`/rooms/${room}/messages`, { nonce: nonceOf(line, taken), text: line.text });
      done += 1;
      progress.at(done);
    }
  };
  await Promise.all(Array.from({ length: onTheWay }, next));
  progress.end();
}
