import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newNonce, type Person, until } from '@rill/harness';
import { createPace, type Pace, type PaceParts } from '../src/domain/pace.ts';
import { Refusal } from '../src/domain/refusal.ts';
import { type Nodes, startNodes } from './live-nodes.ts';

const PER_SECOND = 5;
const BURST = 20;

/** Some nodes with one clock, and what they tell each other. */
function stage(share?: PaceParts<string>['share']) {
  let now = 1_000_000;
  let due = 0;
  const clock = { now: () => now };
  const together: PaceParts<string>['share'] = async (_key, count, gapMs, mostMs) => {
    due = Math.min(Math.max(due, now) + count * gapMs, now + mostMs);
    return due - now;
  };
  return {
    node: () => createPace<string>({ perSecond: PER_SECOND, burst: BURST, clock, share: share ?? together }),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

/** How long one would have to wait; 0 where it was let through. What it is told is heard by then. */
async function take(pace: Pace<string>, key = 'ada'): Promise<number> {
  try {
    pace.take(key);
    return 0;
  } catch (error) {
    assert.ok(error instanceof Refusal && error.code === 'rate_limited');
    return error.more.retryAfterMs ?? 0;
  } finally {
    await new Promise(setImmediate);
  }
}

async function takeAll(pace: Pace<string>): Promise<number> {
  let through = 0;
  while ((await take(pace)) === 0) through += 1;
  return through;
}

describe('the pace of a sender', () => {
  test('so many at once, then so many a second, and the wait that is told is enough', async () => {
    const { node, pass } = stage();
    const pace = node();
    assert.equal(await takeAll(pace), BURST);
    const wait = await take(pace);
    assert.ok(wait > 0 && wait <= 1_000 / PER_SECOND);
    pass(wait);
    assert.equal(await takeAll(pace), 1);
    pass(60_000);
    assert.equal(await takeAll(pace), BURST);
    assert.equal(await take(pace, 'ben'), 0, 'each for himself');
  });

  test('what costs more counts for more', async () => {
    const { node, pass } = stage();
    const pace = node();
    pace.take('ada', 3 * BURST);
    const wait = await take(pace);
    assert.equal(wait, ((2 * BURST + 1) / PER_SECOND) * 1_000);
    pass(wait);
    assert.equal(await take(pace), 0);
  });

  test('what was let through on one node counts on the others', async () => {
    const { node, pass } = stage();
    const [one, two, three] = [node(), node(), node()];
    assert.equal(await takeAll(one), BURST);
    assert.equal(await takeAll(two), PER_SECOND, 'what it lets through before it hears');
    assert.equal(await takeAll(three), PER_SECOND);
    pass(10_000);
    const rest = (await takeAll(one)) + (await takeAll(two)) + (await takeAll(three));
    assert.ok(rest <= BURST + 2 * PER_SECOND, `${rest}`);
  });

  test('whoever goes on on all of them gets no more than the one pace, and what each did not tell', async () => {
    const { node, pass } = stage();
    const nodes = [node(), node(), node(), node()];
    let through = 0;
    const seconds = 600;
    for (let ms = 0; ms < seconds * 1_000; ms += 50) {
      for (const each of nodes) if ((await take(each)) === 0) through += 1;
      pass(50);
    }
    assert.ok(through <= PER_SECOND * seconds + nodes.length * (BURST + PER_SECOND), `${through}`);
    assert.ok(through >= PER_SECOND * seconds * 0.9, `nobody is held below it: ${through}`);
  });

  test('while Redis answers nothing each node counts for itself', async () => {
    const { node } = stage(() => Promise.reject(new Refusal('unavailable')));
    const pace = node();
    assert.equal(await takeAll(pace), BURST);
  });

  test('a clock that went back shuts nobody out for long', async () => {
    const { node, pass } = stage();
    const pace = node();
    assert.equal(await takeAll(pace), BURST);
    pass(-86_400_000);
    const wait = await take(pace);
    assert.ok(wait <= 60_000);
    pass(wait);
    assert.equal(await take(pace), 0);
  });
});

describe('the pace of a sender over two nodes', () => {
  let nodes: Nodes;
  let ann: Person;
  before(async () => {
    nodes = await startNodes({ LIMIT_SENDS_PER_SECOND: '1', LIMIT_SEND_BURST: '12' });
    await nodes.one.owner();
    ann = await nodes.one.person();
  });
  after(() => nodes?.stop());

  test('a burst on the one leaves next to nothing on the other', async () => {
    const { id } = await ann.makeRoom();
    const since = performance.now();
    const send = (person: Person) => person.ask('POST', `/rooms/${id}/messages`, { nonce: newNonce(), text: 'x' });
    const flood = async (person: Person) => {
      let through = 0;
      for (;;) {
        const { status, headers } = await send(person);
        if (status === 429) {
          assert.ok(Number(headers.get('retry-after')) >= 1);
          return through;
        }
        assert.equal(status, 201);
        through += 1;
      }
    };
    const first = await flood(ann);
    // The last of them may still be on the way to the other node.
    await until('it is counted', async () => {
      const ahead = await nodes.redis.client().get(`{u:${ann.id}}:sends`);
      return Number(ahead) - Date.now() > 8_000;
    });
    const second = await flood(ann.at(nodes.two.url));
    const passed = (performance.now() - since) / 1_000;
    assert.ok(first >= 12, `${first}`);
    assert.ok(first + second <= 12 + 6 + Math.ceil(passed), `${first} and ${second} in ${passed} s`);
  });
});
