import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** What somebody said somewhere, and when. */
export interface Line {
  readonly name: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string;
  readonly text: string;
}

/** Real talk that may lie beside the project; it is nobody's to copy into it. */
const REAL = join(import.meta.dirname, '../../../../shared/data/ubuntu-irc.ndjson.gz');

/** One busy room: real where there is a file of it (`TALK`, or beside the project), else made up, of the same lengths. */
export async function readTalk(
  count: number,
  file = process.env.TALK ?? REAL,
): Promise<{ from: string; lines: Line[] }> {
  if (!existsSync(file)) return { from: 'made up', lines: madeUp(count) };
  const lines: Line[] = [];
  for await (const line of readLines(file)) {
    lines.push(line);
    if (lines.length === count) break;
  }
  return { from: 'real', lines };
}

/** Lines of an NDJSON file, `.gz` or not: `{name or user, at, text}`. Says which line is none. */
export async function* readLines(file: string): AsyncGenerator<Line> {
  const bytes = createReadStream(file);
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  let number = 0;
  for await (const row of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (row.trim() !== '') yield readLine(row, `${file}:${number}`);
  }
}

function readLine(row: string, where: string): Line {
  let given: unknown;
  try {
    given = JSON.parse(row);
  } catch {
    throw new Error(`${where} is not JSON`);
  }
  const { name, user, at, text } = Object(given) as Record<string, unknown>;
  const who = name ?? user;
  if (typeof who !== 'string' || who === '') throw new Error(`${where} has no name`);
  if (typeof text !== 'string') throw new Error(`${where} has no text`);
  const time = typeof at === 'string' || typeof at === 'number' ? new Date(at) : undefined;
  if (time === undefined || Number.isNaN(time.getTime())) throw new Error(`${where} has no time that can be read (at)`);
  return { name: who, at: time.toISOString(), text };
}

/** How long real lines are: the lengths in bytes at which each tenth of them begins, and the longest. */
const TENTHS = [1, 9, 17, 25, 33, 41, 52, 65, 84, 119, 469];
const WORDS =
  'the of a to is it in and you that on for have with not are this can but what install works kernel sudo screen'.split(
    ' ',
  );

/** Always the same talk: a small generator with a fixed seed. */
function madeUp(count: number): Line[] {
  let state = 0x9e3779b9;
  const random = () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    state ^= state >>> 15;
    return (state >>> 0) / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const start = Date.UTC(2004, 11, 25);
  return Array.from({ length: count }, (_, index) => {
    const tenth = Math.floor(random() * 10);
    const [from = 2, to = 3] = TENTHS.slice(tenth, tenth + 2);
    // Long lines are rare: the last tenth thins out towards its end.
    const length = from + (to - from) * (tenth === 9 ? random() ** 6 : random());
    let text = pick(WORDS);
    while (text.length < length) text += ` ${pick(WORDS)}`;
    return {
      name: `writer${Math.floor(random() ** 3 * 10_000)}`,
      at: new Date(start + index * 1_200).toISOString(),
      text: text.slice(0, length),
    };
  });
}
