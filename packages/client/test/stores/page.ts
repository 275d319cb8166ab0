import { indexedDbStore } from '@rill/client/indexeddb';
import type { Store } from '@rill/client';
import { contract } from './contract.ts';

/** Runs in the browser: one trial of the contract; resolves to what went wrong, or to nothing. */
export async function tryStore(name: string): Promise<string | undefined> {
  const database = `trial ${name}`;
  const open = async () => indexedDbStore(database);
  const reopen = async (store: Store) => {
    await store.close();
    return open();
  };
  try {
    await contract[name]?.({ open, reopen });
    return undefined;
  } catch (error) {
    return String(error);
  }
}

export { indexedDbStore };
