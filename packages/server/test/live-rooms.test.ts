import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newNonce } from '@rill/harness';
import type { Message, Room } from '@rill/protocol';
import { assertWhole, eventsOf, headOf, type Nodes, reach, startNodes, textOf } from './live-nodes.ts';

let nodes: Nodes;
before(async () => {
  nodes = await startNodes();
  await nodes.one.owner();
});
after(() => nodes.stop());

const pair = async (kind: 'open' | 'closed' = 'closed') => {
  const ann = await nodes.one.person();
  const bob = (await nodes.one.person()).at(nodes.two.url);
  const room = await ann.makeRoom({ kind, name: 'two', members: kind === 'closed' ? [bob.id] : [] });
  return { ann, bob, room };
};

test('P3 two people on two nodes have the same events in the same order, without a hole', async () => {
  const { ann, bob, room } = await pair();
  const [a, b] = await Promise.all([ann.live(), bob.live()]);
  const say = (line: typeof a, text: string) => line.ack({ type: 'send', room: room.id, nonce: newNonce(), text });
  const said = await Promise.all(Array.from({ length: 200 }, (_, at) => say(at % 2 === 0 ? a : b, `line ${at}`)));
  const last = Math.max(...said.map(({ message }) => message?.rev ?? 0));
  await Promise.all([reach(a, room.id, last), reach(b, room.id, last)]);
  assertWhole(eventsOf(a, room.id), room.rev + 1, last);
  const bare = (line: typeof a) => eventsOf(line, room.id).map((frame) => [frame.rev, textOf(frame)]);
  assert.deepEqual(bare(a), bare(b));
  await Promise.all([a.close(), b.close()]);
});

test('P3 what one socket says first is stored first', async () => {
  const { ann, room } = await pair();
  const a = await ann.live();
  const said = await Promise.all(
    Array.from({ length: 50 }, (_, at) => a.ack({ type: 'send', room: room.id, nonce: newNonce(), text: `${at}` })),
  );
  assert.deepEqual(
    said.map(({ message }) => message?.seq),
    Array.from({ length: 50 }, (_, at) => room.seq + 1 + at),
  );
  await a.close();
});

test('P2 the same nonce over the other node and over REST is the same message', async () => {
  const { ann, room } = await pair();
  const nonce = newNonce();
  const frame = { type: 'send', room: room.id, nonce, text: 'once' } as const;
  const [here, there] = await Promise.all([ann.live(), ann.at(nodes.two.url).live()]);
  const answers = await Promise.all([here.ack(frame), there.ack(frame)]);
  const stored = await ann.ask('POST', `/rooms/${room.id}/messages`, { nonce, text: 'once' });
  assert.equal(stored.status, 200);
  assert.deepEqual(new Set(answers.map(({ message }) => message?.seq)).size, 1);
  assert.equal(answers.filter(({ again }) => again).length, 1);
  const other = await here.ask({ ...frame, text: 'another' });
  assert.equal(other.type === 'error' && other.code, 'nonce_reused');
  await Promise.all([here.close(), there.close()]);
});

test('only the author’s sockets are told the nonce and until when a recall is possible', async () => {
  const { ann, bob, room } = await pair();
  const [a, other, b] = await Promise.all([ann.live(), ann.at(nodes.two.url).live(), bob.live()]);
  const nonce = newNonce();
  await a.ack({ type: 'send', room: room.id, nonce, text: 'mine' });
  for (const line of [a, other]) {
    const { event } = await line.take('event', (each) => each.room === room.id);
    assert.equal(event.kind === 'message.sent' && event.nonce, nonce);
    assert.ok(event.kind === 'message.sent' && 'recallUntil' in event.message);
  }
  const { event } = await b.take('event', (each) => each.room === room.id);
  assert.ok(event.kind === 'message.sent' && event.nonce === undefined && !('recallUntil' in event.message));
  await Promise.all([a.close(), other.close(), b.close()]);
});

test('P5 a removal over the other node is the last thing its member gets', async () => {
  const { ann, bob, room } = await pair();
  const carl = await nodes.one.person();
  await ann.put(`/rooms/${room.id}/members/${carl.id}`);
  const [a, b, c] = await Promise.all([ann.live(), bob.live(), carl.at(nodes.two.url).live()]);
  const flood = async () => {
    for (let at = 0; at < 150; at += 1) {
      await a.ack({ type: 'send', room: room.id, nonce: newNonce(), text: `canary ${at}` });
      if (at === 50) await ann.delete(`/rooms/${room.id}/members/${bob.id}`);
    }
  };
  await flood();
  const { rev } = await headOf(ann, room.id);
  await reach(c, room.id, rev);
  const mine = eventsOf(b, room.id);
  const removal = mine.at(-1);
  assert.equal(removal?.event.kind, 'member.left');
  assert.equal(removal?.event.kind === 'member.left' && removal.event.user, bob.id);
  assertWhole(mine, mine[0]?.rev ?? 0, removal?.rev ?? 0);
  assert.ok((removal?.rev ?? 0) < rev - 90);
  await b.take('personal', ({ event }) => event.kind === 'room.gone' && event.room === room.id);
  const said = await b.ask({ type: 'send', room: room.id, nonce: newNonce(), text: 'still here?' });
  assert.equal(said.type === 'error' && said.code, 'not_found');
  const typing = await b.ask({ type: 'typing', room: room.id });
  assert.equal(typing.type === 'error' && typing.code, 'not_found');
  await Promise.all([a.close(), b.close(), c.close()]);
});

test('P5 who was removed and comes back with an old cursor gets nothing of the room', async () => {
  const { ann, bob, room } = await pair();
  const cursor = await headOf(bob, room.id);
  await ann.say(room.id, 'before');
  await ann.delete(`/rooms/${room.id}/members/${bob.id}`);
  await ann.say(room.id, 'after');
  const b = await bob.live({ [room.id]: cursor });
  await b.ack({ type: 'ping' });
  assert.deepEqual(eventsOf(b, room.id), []);
  assert.ok(!b.seen.some((frame) => frame.type === 'resync'));
  await b.close();
});

test('P4 who joins while connected has every event from the join on, each once', async () => {
  const { ann, bob, room } = await pair('open');
  const [a, b] = await Promise.all([ann.live(), bob.live()]);
  let talking = true;
  const talk = (async () => {
    for (let at = 0; talking; at += 1) await a.ack({ type: 'send', room: room.id, nonce: newNonce(), text: `${at}` });
  })();
  for (let round = 0; round < 5; round += 1) {
    await bob.put(`/rooms/${room.id}/members/me`);
    const { event } = await b.take('personal', (each) => each.event.kind === 'room.added');
    const added = (event as { room: Room }).room;
    const from = b.seen.length;
    await reach(b, room.id, added.rev + 20);
    const since = b.seen
      .slice(from)
      .filter((frame) => frame.type === 'event')
      .filter((frame) => frame.room === room.id && frame.rev > added.rev);
    assertWhole(since, since[0]?.rev ?? 0, since.at(-1)?.rev ?? 0);
    assertWhole(
      eventsOf(b, room.id).filter((each) => each.rev > added.rev),
      added.rev + 1,
      since.at(-1)?.rev ?? 0,
    );
    await bob.delete(`/rooms/${room.id}/members/me`);
    await b.take('personal', (each) => each.event.kind === 'room.gone');
  }
  talking = false;
  await talk;
  await Promise.all([a.close(), b.close()]);
});

test('P4 a resume replays exactly what was missed, over more than one page, while others go on talking', async () => {
  const { ann, bob, room } = await pair();
  const first = await bob.live();
  const { rev, epoch } = await headOf(bob, room.id);
  await first.close();
  const a = await ann.live();
  const missed = await Promise.all(
    Array.from({ length: 700 }, (_, at) => a.ack({ type: 'send', room: room.id, nonce: newNonce(), text: `${at}` })),
  );
  assert.equal(missed.length, 700);
  const talk = Promise.all(
    Array.from({ length: 300 }, (_, at) => a.ack({ type: 'send', room: room.id, nonce: newNonce(), text: `+${at}` })),
  );
  const lines = await Promise.all([1, 2, 3].map(() => bob.live({ [room.id]: { rev, epoch } })));
  await talk;
  const head = await headOf(ann, room.id);
  for (const line of lines) {
    await reach(line, room.id, head.rev);
    assertWhole(eventsOf(line, room.id), rev + 1, head.rev);
    await line.close();
  }
  await a.close();
});

test('P4 a cursor of another life, ahead of the head or too far behind gets resync, and then what follows', async () => {
  const { ann, bob, room } = await pair();
  const { rev, epoch } = await headOf(ann, room.id);
  const cursors = [
    { rev, epoch: 'zzzzzzzz' as typeof epoch },
    { rev: rev + 5, epoch },
    { rev: Number.MAX_SAFE_INTEGER, epoch },
  ];
  for (const cursor of cursors) {
    const line = await bob.live({ [room.id]: cursor });
    const resync = await line.take('resync');
    assert.equal(resync.room, room.id);
    assert.equal(resync.epoch, epoch);
    const said = await ann.say(room.id, 'on');
    await reach(line, room.id, said.rev);
    assertWhole(eventsOf(line, room.id), resync.rev + 1, said.rev);
    await line.close();
  }
});

test('P6 a replay never shows a text that was recalled, and no text follows its recall', async () => {
  const { ann, bob, room } = await pair();
  const { rev, epoch } = await headOf(bob, room.id);
  const a = await ann.live();
  const canary = `cnry-${newNonce()}`;
  const said = await a.ack({ type: 'send', room: room.id, nonce: newNonce(), text: canary });
  for (let at = 0; at < 300; at += 1) await a.ack({ type: 'send', room: room.id, nonce: newNonce(), text: `${at}` });
  const seq = (said.message as Message).seq;
  // Both sorts at once: those who came before the recall was acknowledged, and those who came after it.
  const early = Array.from({ length: 5 }, () => bob.live({ [room.id]: { rev, epoch } }));
  const tombstone = await a.ack({ type: 'recall', room: room.id, seq });
  assert.ok(tombstone.message !== undefined && 'recalled' in tombstone.message);
  const late = Array.from({ length: 5 }, () => bob.live({ [room.id]: { rev, epoch } }));
  const head = await headOf(ann, room.id);
  for (const line of await Promise.all(late)) {
    await reach(line, room.id, head.rev);
    assert.ok(!JSON.stringify(line.seen).includes(canary));
    assertWhole(eventsOf(line, room.id), rev + 1, head.rev);
    await line.close();
  }
  for (const line of await Promise.all(early)) {
    await reach(line, room.id, head.rev);
    const frames = eventsOf(line, room.id);
    const recalled = frames.findIndex((frame) => frame.event.kind === 'message.recalled');
    assert.ok(!JSON.stringify(frames.slice(recalled)).includes(canary));
    await line.close();
  }
  await a.close();
});

test('what happens to messages from before a member’s time is unseen by that member, live and replayed', async () => {
  const { ann, room } = await pair();
  await ann.patch(`/rooms/${room.id}`, { policies: { history: 'joined' } });
  const old = await ann.say(room.id, 'from before');
  const late = (await nodes.one.person()).at(nodes.two.url);
  const line = await late.live();
  await ann.put(`/rooms/${room.id}/members/${late.id}`);
  const { event } = await line.take('personal', (each) => each.event.kind === 'room.added');
  const { rev, epoch } = (event as { room: Room }).room;
  await ann.patch(`/rooms/${room.id}/messages/${old.seq}`, { text: 'canary of the past' });
  const fresh = await ann.say(room.id, 'for everybody');
  await reach(line, room.id, fresh.rev);
  const again = await late.live({ [room.id]: { rev, epoch } });
  await reach(again, room.id, fresh.rev);
  for (const each of [line, again]) {
    const kinds = eventsOf(each, room.id).map((frame) => frame.event.kind);
    assert.deepEqual(kinds.slice(-2), ['unseen', 'message.sent']);
    assert.ok(!JSON.stringify(each.seen).includes('canary of the past'));
    await each.close();
  }
});

test('P10 a read mark on one device is told to the others', async () => {
  const { ann, bob, room } = await pair();
  const [here, there] = await Promise.all([bob.live(), bob.at(nodes.one.url).live()]);
  const said = await ann.say(room.id, 'unread');
  await reach(here, room.id, said.rev);
  const ack = await here.ack({ type: 'read', room: room.id, seq: said.seq });
  assert.deepEqual([ack.readSeq, ack.unread], [said.seq, 0]);
  const { event } = await there.take('personal', (each) => each.event.kind === 'room.read');
  assert.deepEqual(event, { kind: 'room.read', room: room.id, readSeq: said.seq, unread: 0 });
  await Promise.all([here.close(), there.close()]);
});
