import type { Role, RoomId, UserId } from '@rill/protocol';
import fc from 'fast-check';

/** Four people: two who make rooms and two who come and go. */
export const PEOPLE = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc', 'dddddddddd'] as UserId[];

interface Asked {
  readonly room: number;
  readonly user: UserId;
  /** ms that the clock moves before it; it may go back. */
  readonly later: number;
}

/** One request of a sequence. `seq` and `after` are shares of the head, so that most of them hit something. */
export type Step = Asked &
  (
    | { readonly does: 'send'; readonly nonce: string; readonly text: string }
    | { readonly does: 'edit'; readonly seq: number; readonly text: string; readonly stale: number | undefined }
    | { readonly does: 'recall' | 'hide' | 'read' | 'one' | 'edits'; readonly seq: number }
    | { readonly does: 'remove'; readonly seq: number; readonly reason: string }
    | {
        readonly does: 'page';
        readonly seq: number;
        readonly limit: number;
        readonly at: 'newest' | 'before' | 'after';
      }
    | { readonly does: 'events'; readonly after: number }
    | { readonly does: 'join' | 'leave' | 'summary' | 'roster' }
    | { readonly does: 'add' | 'end'; readonly other: UserId }
    | { readonly does: 'role'; readonly other: UserId; readonly role: Role; readonly stale: number | undefined }
    | {
        readonly does: 'change';
        readonly name?: string;
        readonly topic?: string;
        readonly archived?: boolean;
        readonly recallSeconds?: number;
        readonly stale: number | undefined;
      }
  );

const user = fc.constantFrom(...PEOPLE);
// Mostly texts that stay in the log; some that do not, with marks of both scripts and of our own rows.
const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('好的，明天见', 'see you', 'a', '0', '👍🏽', 'l', "'=\n\t", '撤回吗？') },
  {
    weight: 2,
    arbitrary: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).map((each) => each.replaceAll('\0', '.')),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 1_100 }).map((length) => 'x'.repeat(length)) },
  { weight: 1, arbitrary: fc.constant('長'.repeat(900)) },
);
const share = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 110 }) },
  { weight: 1, arbitrary: fc.constant(100) },
);
const stale = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 3 });
const asked = {
  room: fc.integer({ min: 0, max: 1 }),
  user,
  later: fc.oneof(fc.integer({ min: 0, max: 30_000 }), fc.constantFrom(-5_000, 300_000)),
};
const step = <Fields>(weight: number, fields: fc.Arbitrary<Fields>) => ({
  weight,
  arbitrary: fc.tuple(fc.record(asked), fields).map(([all, own]) => ({ ...all, ...own })),
});

/** Any one request, the likelier ones more often. */
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  step(
    12,
    fc.record({
      does: fc.constant('send'),
      nonce: fc.constantFrom('n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9'),
      text,
    }),
  ),
  step(6, fc.record({ does: fc.constant('edit'), seq: share, text, stale })),
  step(6, fc.record({ does: fc.constantFrom('recall', 'hide', 'read', 'one', 'edits'), seq: share })),
  step(3, fc.record({ does: fc.constant('remove'), seq: share, reason: fc.constantFrom('', 'spam', '广告') })),
  step(
    4,
    fc.record({
      does: fc.constant('page'),
      seq: share,
      limit: fc.integer({ min: 1, max: 9 }),
      at: fc.constantFrom('newest', 'before', 'after'),
    }),
  ),
  step(2, fc.record({ does: fc.constant('events'), after: share })),
  step(3, fc.record({ does: fc.constantFrom('join', 'leave', 'summary', 'roster') })),
  step(4, fc.record({ does: fc.constantFrom('add', 'end'), other: user })),
  step(
    3,
    fc.record({ does: fc.constant('role'), other: user, role: fc.constantFrom('owner', 'admin', 'member'), stale }),
  ),
  step(
    2,
    fc.record({
      does: fc.constant('change'),
      name: fc.constantFrom('Tea', '茶'),
      topic: fc.constantFrom('', 'about tea'),
      stale,
    }),
  ),
  step(
    1,
    fc.record({
      does: fc.constant('change'),
      archived: fc.boolean(),
      recallSeconds: fc.constantFrom(0, 60, 3_600),
      stale,
    }),
  ),
);

/** The two rooms of a sequence, and what is asked of them. */
export const sequence = fc.record({
  kinds: fc.tuple(fc.constantFrom('open', 'closed'), fc.constantFrom('closed', 'direct', 'open')),
  steps: fc.array(anyStep, { minLength: 1, maxLength: 60, size: 'max' }),
});

/** Ids of a run's rooms: fresh for each sequence, in two partitions. */
export function roomIds(run: number): [RoomId, RoomId] {
  const tail = run.toString(36).padStart(16, '0');
  return [`7f${tail}` as RoomId, `0a${tail}` as RoomId];
}
