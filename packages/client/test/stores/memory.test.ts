import { test } from 'node:test';
import { memoryStore } from '@rill/client';
import { contract } from './contract.ts';

for (const [name, run] of Object.entries(contract)) {
  test(`the memory store ${name}`, () => run({ open: async () => memoryStore(), reopen: async (store) => store }));
}
