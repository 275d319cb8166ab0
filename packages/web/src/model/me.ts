import type { Me } from '@rill/protocol';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Drafts } from './drafts.ts';

/** What exists only while somebody is signed in. */
export interface SignedIn {
  readonly me: Me;
  readonly drafts: Drafts;
}

export const SignedInContext = createContext<SignedIn | undefined>(undefined);

export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext);
  if (signedIn === undefined) throw new Error('nobody is signed in above this component');
  return signedIn;
}

export function useMe(): Me {
  return useSignedIn().me;
}
