import type { OutboxItem, OutboxState, RoomsState } from '@rill/client';
import type { RoomId } from '@rill/protocol';

/** What was refused and is not told where one is: of other rooms, and of rooms one is no longer in. */
export function refusedElsewhere(
  { failed }: OutboxState,
  { name, list }: RoomsState,
  current: RoomId | undefined,
): readonly OutboxItem[] {
  if (failed.length === 0 || name !== 'fresh') return [];
  const isTold = current !== undefined && list.some(({ id }) => id === current);
  return failed.filter(({ room }) => !isTold || room !== current);
}
