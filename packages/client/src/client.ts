import type { Client, ClientOptions } from './api/client.ts';

/** Makes a client. Nothing happens until `start()`. */
export function createClient(_options: ClientOptions): Client {
  throw new Error('not built yet');
}
