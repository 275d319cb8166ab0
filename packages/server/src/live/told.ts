import type { PersonalEvent, Room, RoomId, ServerRole } from '@rill/protocol';
import type { Hub } from './hub.ts';
import { type Parcel, parcelOf } from './parcel.ts';

/** An entry of a user's own line, made ready for each of the user's connections here. */
export interface Told {
  readonly rev: number;
  readonly parcel: Parcel;
  /** A room the user was added to: each connection takes its seat. */
  readonly added?: { readonly hub: Hub; readonly room: Room };
  readonly gone?: RoomId;
  /** The user's role on the server as it is now. */
  readonly role?: ServerRole;
}

export function toldOf(rev: number, event: PersonalEvent, more: Pick<Told, 'added' | 'gone' | 'role'> = {}): Told {
  return { rev, parcel: parcelOf({ type: 'personal', rev, event }), ...more };
}
