import { createHash } from 'node:crypto';
import type { ImportedCount, ImportLine, Nonce, RoomId } from '@rill/protocol';
import type { Api } from './api.ts';
import type { Line } from './talk.ts';

/** The same line of the same talk has the same nonce, so that an import that broke off can be begun again. */
export function nonceOf(line: Line, number: number): Nonce {
  const whole = JSON.stringify([number, line.name, line.at, line.text]);
  return createHash('sha256').update(whole).digest('base64url').slice(0, 24) as Nonce;
}

/** Brings lines into a room with their own writers and times, in their order. */
export async function importLines(
  api: Api,
  room: RoomId,
  lines: Iterable<Line> | AsyncIterable<Line>,
  options: { readonly batch: number; readonly told: (done: number) => void },
): Promise<{ stored: number; again: number }> {
  const total = { stored: 0, again: 0 };
  let batch: ImportLine[] = [];
  let number = 0;
  const send = async () => {
    if (batch.length === 0) return;
    const { stored, again } = await api.post<ImportedCount>(`/rooms/${room}/import`, { messages: batch });
    total.stored += stored;
    total.again += again;
    batch = [];
    options.told(number);
  };
  for await (const line of lines) {
    number += 1;
    batch.push({ nonce: nonceOf(line, number), ...line });
    if (batch.length === options.batch) await send();
  }
  await send();
  return total;
}
