import { join } from 'node:path';
import type { Peer, Speaker } from '../peer.ts';
import { RawLine } from '../raw-line.ts';
import { startChild, stopChild } from './child.ts';

const MESSAGE_BYTES = 200;

/** A plain ws loop: the floor. It keeps nothing and knows nobody. */
export const plain: Peer = {
  name: 'ws loop',
  async start() {
    const { child, port } = await startChild(join(import.meta.dirname, 'plain-server.ts'));
    const open = async (wanted: readonly (readonly number[])[]): Promise<RawLine[]> => {
      const lines: RawLine[] = [];
      for (const rooms of wanted) {
        const line = await RawLine.open(port, '/');
        const joined = new Promise<void>((resolve) => {
          line.onText = () => resolve();
        });
        line.text(JSON.stringify({ join: rooms.map(String) }));
        await joined;
        line.onText = undefined;
        lines.push(line);
      }
      return lines;
    };
    return {
      pids: [child.pid ?? 0],
      redisPid: undefined,
      messageBytes: MESSAGE_BYTES,
      listeners: open,
      speakers: async (wanted) => (await open(wanted)).map(speaker),
      stop: () => stopChild(child),
    };
  },
};

function speaker(line: RawLine): Speaker {
  const waiting = new Map<number, (seq: number) => void>();
  let refs = 0;
  line.onText = (payload) => {
    if (payload.length >= MESSAGE_BYTES) return;
    const { ref, seq } = JSON.parse(payload.toString()) as { ref: number; seq: number };
    waiting.get(ref)?.(seq);
    waiting.delete(ref);
  };
  return {
    line,
    say(room, text) {
      refs += 1;
      const ref = refs;
      line.text(JSON.stringify({ room: String(room), text, ref }));
      return new Promise((resolve) => waiting.set(ref, resolve));
    },
  };
}
