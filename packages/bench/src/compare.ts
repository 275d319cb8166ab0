import { type FanOutFigures, type FanOutOptions, fanOut } from './fan-out.ts';
import { plain } from './peers/plain.ts';
import { rill } from './peers/rill.ts';
import { socketIo } from './peers/socket-io.ts';

export interface Compared extends FanOutFigures {
  /** Deliveries a CPU-second by those of Socket.IO. */
  readonly timesSocketIo: number;
}

/** The same fan-out for Rill, Socket.IO and a plain loop, one after the other on the same CPU. */
export async function compare(options: FanOutOptions): Promise<{ rill: Compared; figures: Record<string, Compared> }> {
  const all = new Map<string, FanOutFigures>();
  for (const peer of [rill(), socketIo, plain]) all.set(peer.name, await fanOut(peer, options));
  const base = figuresOf(all, socketIo.name).deliveriesPerCpuSecond;
  const compared = (each: FanOutFigures) => ({ ...each, timesSocketIo: each.deliveriesPerCpuSecond / base });
  return {
    rill: compared(figuresOf(all, 'Rill')),
    figures: Object.fromEntries([...all].map(([name, each]) => [name, compared(each)])),
  };
}

function figuresOf(all: ReadonlyMap<string, FanOutFigures>, name: string): FanOutFigures {
  const figures = all.get(name);
  if (figures === undefined) throw new Error(`${name} was not measured`);
  return figures;
}
