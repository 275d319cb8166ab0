import type { RoomId } from '@rill/protocol';
import { useClient, useLiving } from '../model/client.ts';
import { LineBanner } from './line-banner.tsx';
import { Refused } from './parts.ts';

/** One quiet line each for what does not stand well: the network, and what was refused elsewhere than one looks. */
export function Lines({ current }: { current: RoomId | undefined }) {
  const refused = useLiving(useClient().outbox, ({ failed }) => failed.length > 0);
  return (
    <>
      <LineBanner />
      {refused ? <Refused current={current} /> : null}
    </>
  );
}
