/// <reference lib="webworker" />
import type { TabMessage } from '@rill/client';
import { createSwitchboard } from '@rill/client/switchboard';

declare const self: SharedWorkerGlobalScope;

const switchboard = createSwitchboard({ url: self.location.origin });

self.addEventListener('connect', ({ ports: [port] }) => {
  if (port === undefined) return;
  const leave = switchboard.attach({
    post: (message) => port.postMessage(message),
    listen: (heard) => port.addEventListener('message', (event: MessageEvent<TabMessage>) => heard(event.data)),
  });
  // A tab that goes says so; of one that crashes only some browsers tell.
  port.addEventListener('close', leave);
  port.start();
});
