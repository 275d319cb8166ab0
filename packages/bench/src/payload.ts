/** What every peer sends for a message: the same fields, so that bytes are compared with bytes. */
export function eventOf(room: string, seq: number, author: string, text: string, at: string): object {
  const message = { room, seq, rev: seq, kind: 'text', author, at, text };
  const event = { kind: 'message.sent', actor: author, at, message };
  return { type: 'event', room, rev: seq, epoch: 'aaaaaaaa', event };
}

export const TEXT = 'The quick brown fox jumps over the lazy dog, 天地玄黄，宇宙洪荒。';
