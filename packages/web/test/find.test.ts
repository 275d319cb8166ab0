import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client, TimelineItem } from '@rill/client';
import type { RoomId } from '@rill/protocol';
import { excerptOf, findHere, patternOf, readableAt } from '../src/model/find.ts';

const HALL = '7f0123456789abcdef' as RoomId;
const DEN = '7f0123456789abcde0' as RoomId;

const item = (seq: number, text: string | undefined): TimelineItem =>
  ({
    kind: 'message',
    key: `${seq}`,
    seq,
    mine: false,
    reEdit: false,
    message: {
      kind: 'text',
      seq,
      at: new Date(seq * 60_000).toISOString(),
      ...(text === undefined ? { recalled: { by: 'x', at: '' } } : { text }),
    },
    // Of a message only what finding looks at.
  }) as unknown as TimelineItem;

const holding = (rooms: Record<string, readonly TimelineItem[]>) =>
  ({ room: (id: string) => ({ timeline: { snapshot: () => ({ items: rooms[id] ?? [] }) } }) }) as unknown as Client;

test('every word must be in the message, in any case and order; the newest comes first', () => {
  const client = holding({
    [HALL]: [
      item(1, 'Release notes'),
      item(2, 'the notes of the RELEASE'),
      item(3, undefined),
      item(4, '发布说明 release'),
    ],
    [DEN]: [item(5, 'Notes: release 2.4 (draft)')],
  });
  const seqs = (typed: string, rooms = [HALL]) => findHere(client, rooms, typed).hits.map(({ seq }) => seq);
  assert.deepEqual(seqs('release'), [4, 2, 1]);
  assert.deepEqual(seqs('notes  release'), [2, 1]);
  assert.deepEqual(seqs('发布'), [4]);
  assert.deepEqual(seqs('release', [HALL, DEN]), [5, 4, 2, 1]);
  assert.deepEqual(seqs('2.4 (draft)', [DEN]), [5]);
  assert.deepEqual(seqs('2x4', [DEN]), []);
  for (const typed of ['', '  ', '[', '\\', '(?', '^', '*', 'a|b', '/', '-', '🎉'])
    assert.deepEqual(seqs(typed), [], `${typed} finds what it should not`);
  const { searched, since } = findHere(client, [HALL], 'release');
  assert.deepEqual([searched, since], [3, 60_000], 'what was recalled is not looked at');
});

test('no more than a hundred are shown, and it is said that there are more', () => {
  const client = holding({ [HALL]: Array.from({ length: 250 }, (_, at) => item(at + 1, 'again and again')) });
  const { hits, more } = findHere(client, [HALL], 'again');
  assert.deepEqual([hits.length, hits[0]?.seq, hits.at(-1)?.seq, more], [100, 250, 151, true]);
});

test('P6 of what was recalled since, nothing is read', () => {
  const items = [item(1, 'one'), item(2, undefined), item(4, 'four')];
  const at = (seq: number) => readableAt({ items } as unknown as Parameters<typeof readableAt>[0], seq)?.seq;
  assert.deepEqual([1, 2, 3, 4, 5].map(at), [1, undefined, undefined, 4, undefined]);
});

test('an excerpt has what was sought in it, and says that something stood before', () => {
  const pattern = patternOf('needle')?.any ?? /x/;
  assert.deepEqual(excerptOf('a needle', pattern), ['a ', 'needle', '']);
  const [before = '', found] = excerptOf(`${'hay '.repeat(100)}Needle${' hay'.repeat(400)}`, pattern);
  assert.ok(before.startsWith('… hay') && before.length < 70);
  assert.equal(found, 'Needle');
  assert.ok(
    excerptOf('草'.repeat(200) + 'needle', pattern)
      .join('')
      .includes('needle'),
  );
});
