import type { Person, TestServer } from '@rill/harness';
import type { Room } from '@rill/protocol';

const SIZE = 500;
/** Every account costs the hash of a password. */
const AT_ONCE = 8;
const FAMILY = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const GIVEN = ['伟', '芳', '娜', '敏', '静', '磊', '洋', '艳', '勇', '杰', '娟', '涛', '明', '超', '秀英'];
const LATIN = ['Ines', 'Tomás', 'Priya', 'Jonas', 'Amara', 'Kenji', 'Léa', 'Marek', 'Siobhán', 'Yusuf'];

/** A room with 500 members, of the names that such a room has. */
export async function makeCrowd(server: TestServer, owner: Person): Promise<Room> {
  const ids = [];
  for (let from = 1; from < SIZE; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, SIZE - from) }, (_, at) => from + at);
    const people = await Promise.all(
      some.map((at) => server.person({ username: `crowd${at}`, displayName: nameOf(at) })),
    );
    ids.push(...people.map(({ id }) => id));
  }
  const room = await owner.post<Room>('/rooms', { kind: 'open', name: '全员', members: ids.slice(0, 100) });
  for (const id of ids.slice(100)) await owner.put(`/rooms/${room.id}/members/${id}`);
  await owner.say(room.id, '五百人都到齐了。');
  return room;
}

function nameOf(at: number): string {
  if (at % 4 === 0) return `${LATIN[at % LATIN.length]} ${String.fromCodePoint(65 + (at % 26))}.`;
  return `${FAMILY[at % FAMILY.length]}${GIVEN[(at * 7) % GIVEN.length]}`;
}
