import { systemClock } from './clock.ts';
import { Switchboard } from './transport/switchboard.ts';
import { liveAddress, openWebSocket } from './transport/web-socket.ts';

/** Lets all tabs of a browser share one WebSocket to a server. `url`: as a client's. */
export function createSwitchboard({ url }: { url: string }): Pick<Switchboard, 'attach'> {
  return new Switchboard({
    clock: systemClock,
    open: (listener) => openWebSocket(globalThis.WebSocket, liveAddress(url), listener),
  });
}
