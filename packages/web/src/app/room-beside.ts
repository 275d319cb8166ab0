import type { Room } from '@rill/protocol';

/** The room beside the current one, or the nearest unread one. */
export function roomBeside(
  rooms: readonly Room[],
  current: string | undefined,
  step: 1 | -1,
  unread: boolean,
): Room | undefined {
  const now = rooms.findIndex((room) => room.id === current);
  const from = now === -1 && step === -1 ? rooms.length : now;
  for (let at = from + step; at >= 0 && at < rooms.length; at += step) {
    const room = rooms[at];
    if (room !== undefined && (!unread || room.unread > 0)) return room;
  }
  return undefined;
}
