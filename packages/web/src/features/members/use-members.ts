import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { LiveRoom } from '@rill/client';
import type { ListedMember, Room } from '@rill/protocol';
import { attempt } from '../../model/failure.ts';
import { toast } from '../../ui/toast.ts';

const WAIT_MS = 120;

/** The members of a room as far as they are loaded, or those by a name. */
export interface MembersState {
  /** undefined: not here yet. */
  readonly members: readonly ListedMember[] | undefined;
  /** There are more: they are asked for by `more`. */
  readonly next: string | undefined;
  /** Why they did not come. */
  readonly wrong: string | undefined;
  readonly load: () => Promise<void>;
  readonly more: () => Promise<void>;
}

/** Loads the members of a room, anew whenever they change. `typed`: only those whose names begin so. */
export function useMembers(live: LiveRoom, room: Room, typed: string): MembersState {
  const [page, setPage] = useState<{ members: readonly ListedMember[]; next?: string | undefined }>();
  const [wrong, setWrong] = useState<string>();
  const [q, setQ] = useState('');
  const turn = useRef(0);
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  const load = useCallback(async () => {
    const own = ++turn.current;
    const failure = await attempt(async () => {
      const came = await live.members.page(q === '' ? {} : { q });
      // What was asked later is what is wanted.
      if (own === turn.current) setPage(came);
    });
    if (own === turn.current) setWrong(failure);
  }, [live, q]);
  // Whoever comes, goes or gets another role raises the room's rev; asking again then keeps the list true.
  useEffect(() => void load(), [load, room.members, room.role]);

  const more = async () => {
    const after = page?.next;
    if (page === undefined || after === undefined) return;
    const own = turn.current;
    const failure = await attempt(async () => {
      const came = await live.members.page({ after });
      if (own === turn.current) setPage({ members: [...page.members, ...came.members], next: came.next });
    });
    if (failure !== undefined) toast(failure, { tone: 'danger' });
  };
  return { members: page?.members, next: page?.next, wrong, load, more };
}
