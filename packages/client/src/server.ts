import type { ServerInfo } from '@rill/protocol';
import { LIMITS, type Limits } from '@rill/protocol/limits';
import type { LiveServer } from './api/server.ts';
import { Cell } from './living.ts';

/** What anybody may know of the server. */
export class Server extends Cell<ServerInfo | undefined> implements LiveServer {
  readonly #ask: () => Promise<ServerInfo>;
  #asked: Promise<ServerInfo> | undefined;

  constructor(ask: () => Promise<ServerInfo>) {
    super(undefined);
    this.#ask = ask;
  }

  load(): Promise<ServerInfo> {
    this.#asked ??= this.#ask()
      .then((info) => {
        this.set(info);
        return info;
      })
      .finally(() => {
        this.#asked = undefined;
      });
    return this.#asked;
  }

  limits(): Limits {
    return this.snapshot()?.limits ?? LIMITS;
  }
}
