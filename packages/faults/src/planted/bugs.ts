import type { Store } from '../world.ts';

/** A bug put into a copy of the server, to see that the checks find it. */
export interface Bug {
  readonly name: string;
  /** The rules of which at least one must turn red. */
  readonly breaks: readonly string[];
  /** A file below packages/server/src, what stands there exactly once, and what is put in its place. */
  readonly file: string;
  readonly find: string;
  readonly put: string;
  /** Under which faults it shows; none: it shows by itself. */
  readonly under: readonly string[];
  /** On which store it shows. Default: one Redis. */
  readonly on?: Store['is'];
}

const FUNCTIONS = 'store/functions';

/** Every bug that the surface of today can have. What is told of search and push waits for them. */
export const BUGS: readonly Bug[] = [
  {
    name: 'acknowledged-and-not-stored',
    breaks: ['I1'],
    file: `${FUNCTIONS}/_log_write.lua`,
    find: "    redis.call('XADD', log.chunk(key, seq), id, 'm', joined(long and 'l' or 't', ahead, author, words))",
    put: "    if seq % 40 ~= 0 then redis.call('XADD', log.chunk(key, seq), id, 'm', joined(long and 'l' or 't', ahead, author, words)) end",
    under: [],
  },
  {
    name: 'nonce-not-looked-up',
    breaks: ['I3'],
    file: `${FUNCTIONS}/room_send.lua`,
    find: '  if place.seq then',
    put: '  if false then',
    under: ['node-killed', 'command-link-cut'],
  },
  {
    name: 'nonce-not-kept',
    breaks: ['I3'],
    file: `${FUNCTIONS}/room_send.lua`,
    find: '  nonces.keep(place, digest, seq)\n',
    put: '',
    under: ['node-killed', 'command-link-cut'],
  },
  {
    name: 'gap-not-seen',
    breaks: ['I5'],
    file: 'live/order.ts',
    find: `event.rev > place.rev + 1) {
      if (this.#early.length >= KEPT) this.#early = [];
      this.#early.push(event);
      return place === undefined;
    }
    if (event.rev === place.rev + 1) {`,
    put: `false) {
      return true;
    }
    if (event.rev > place.rev) {`,
    under: ['subscriber-link-cut', 'output-buffer-limit'],
  },
  {
    name: 'positions-not-checked',
    breaks: ['I12'],
    file: 'live/positions.ts',
    find: '    ticks = answer.ticks;',
    put: '    ticks = answer.ticks;\n    if (ticks.length > 0) return;',
    under: ['subscriber-link-cut', 'output-buffer-limit'],
  },
  {
    name: 'event-given-twice',
    breaks: ['I3', 'I5'],
    file: 'live/hub.ts',
    find: '      this.#batch.push(copies);',
    put: '      this.#batch.push(copies);\n      if (event.rev % 7 === 0) this.#batch.push(copies);',
    under: [],
  },
  {
    name: 'resume-skips-one',
    breaks: ['I5'],
    file: 'live/handlers/hello.ts',
    find: 'from = cursor.rev;',
    put: 'from = Math.min(rev, cursor.rev + 1);',
    under: ['reconnect-storm'],
  },
  {
    name: 'removed-stays-seated',
    breaks: ['I7'],
    file: 'live/hub.ts',
    find: '      this.#dismiss(event.event.user);\n',
    put: '',
    under: [],
  },
  {
    name: 'sign-out-not-heard',
    breaks: ['P7'],
    file: 'live/person.ts',
    find: "    if (entry.kind === 'sessions.ended') this.#signOut(entry);\n",
    put: '',
    under: [],
  },
  {
    name: 'connections-never-forgotten',
    breaks: ['I15'],
    file: 'live/hubs.ts',
    find: 'if (hub.size === 0 && hub.emptySince < before) close();',
    put: 'if (hub.size === 0 && hub.emptySince < before - 3_600_000) close();',
    under: [],
  },
  {
    name: 'page-without-membership',
    breaks: ['I7'],
    file: `${FUNCTIONS}/room_page.lua`,
    find: '  local this, reply = room.enter(key, user)\n',
    put: "  local this, reply = room.open(key)\n  if this then this.user, this.me = user, { role = 'member', from_seq = 1, from_rev = 1 } end\n",
    under: [],
  },
  {
    name: 'recalled-words-left-in-the-log',
    breaks: ['I8'],
    file: `${FUNCTIONS}/_tombstone.lua`,
    find: '  log.rewrite(key, seq, plan.entries)\n',
    put: "  for _, each in ipairs(plan.entries) do\n    if string.find(each[1], seq .. '-', 1, true) == 1 then redis.call('XDEL', log.chunk(key, seq), each[1]) end\n  end\n",
    under: [],
  },
  {
    name: 'recalled-words-left-in-the-edits',
    breaks: ['I8'],
    file: `${FUNCTIONS}/_tombstone.lua`,
    find: "key .. ':text:' .. seq, key .. ':edits:' .. seq)\n  redis.call('ZADD'",
    put: "key .. ':text:' .. seq)\n  redis.call('ZADD'",
    under: [],
  },
  {
    name: 'badge-counts-the-recalled',
    breaks: ['I10'],
    file: `${FUNCTIONS}/_tombstone.lua`,
    find: "  redis.call('ZADD', key .. ':uncounted', seq, seq)\n",
    put: '',
    under: [],
  },
  {
    name: 'words-told-with-their-recall',
    breaks: ['I8'],
    file: `${FUNCTIONS}/room_recall.lua`,
    find: "  room.tell(this, 'r', user, seq, nil, row, message.hidden_by)",
    put: "  room.tell(this, 'r', user, seq, nil, joined(seq .. '-' .. said.at, 't', 0, said.author, said.text or ''), nil)",
    under: [],
  },
  {
    name: 'piece-of-a-stream-lost',
    breaks: ['I5'],
    file: 'live/event-stream.ts',
    find: '    return this.#response.write(chunk);',
    put: '    return Math.random() < 0.02 || this.#response.write(chunk);',
    under: [],
  },
  {
    name: 'token-in-the-log',
    breaks: ['I16'],
    file: 'live/handlers/hello.ts',
    find: '  const signed = sign(parts, connection, token, known);',
    put: '  process.stdout.write(`welcome ${token}\\n`);\n  const signed = sign(parts, connection, token, known);',
    under: [],
  },
  {
    name: 'replica-not-waited-for',
    breaks: ['I1'],
    file: 'store/shard.ts',
    find: 'write.wait(1, REPLICATE_MS).then(resolve, reject);',
    put: 'resolve(1);',
    under: ['replica-lags-master-killed'],
    on: 'cluster',
  },
  {
    name: 'epoch-outlives-its-master',
    breaks: ['I4', 'I5', 'I12'],
    file: `${FUNCTIONS}/_partition.lua`,
    find: '  if state[1] and state[2] == partition.life() then return state[1] end\n',
    put: '  if state[1] then return state[1] end\n',
    under: ['replica-lags-master-killed'],
    on: 'cluster',
  },
];
