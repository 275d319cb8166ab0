import type { Client, Living } from '@rill/client';
import { createContext } from 'preact';
import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { inNextFrame, notInNextFrame } from '../platform/frame.ts';

export const ClientContext = createContext<Client | undefined>(undefined);

/** The client of this page. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error('no client above this component');
  return client;
}

/** Draws again when a living thing changed; with `select`, only when that part of it did. */
export function useLiving<Snapshot>(living: Living<Snapshot>): Snapshot;
export function useLiving<Snapshot, Part>(living: Living<Snapshot>, select: (snapshot: Snapshot) => Part): Part;
export function useLiving<Snapshot>(living: Living<Snapshot>, select?: (snapshot: Snapshot) => unknown): unknown {
  const read = () => (select === undefined ? living.snapshot() : select(living.snapshot()));
  const value = read();
  const [, draw] = useState({});
  const shown = useRef({ value, read });
  shown.current = { value, read };
  useLayoutEffect(() => {
    const look = () => {
      if (!Object.is(shown.current.read(), shown.current.value)) draw({});
    };
    look();
    // However much comes in a burst, it is drawn once a frame.
    const stop = living.subscribe(() => inNextFrame(look));
    return () => {
      stop();
      notInNextFrame(look);
    };
  }, [living]);
  return value;
}
