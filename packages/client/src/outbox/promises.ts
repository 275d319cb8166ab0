import { RillError } from '../error.ts';

interface Promised {
  readonly resolve: () => void;
  readonly reject: (error: RillError) => void;
}

/** What was promised to who asked in this run; ignoring a promise is safe. */
export class Promises {
  readonly #byId = new Map<string, Promised>();

  make(id: string): Promise<void> {
    const promise = new Promise<void>((resolve, reject) => this.#byId.set(id, { resolve, reject }));
    promise.catch(() => {});
    return promise;
  }

  keep(id: string): void {
    this.#byId.get(id)?.resolve();
    this.#byId.delete(id);
  }

  break(id: string, error: RillError): void {
    this.#byId.get(id)?.reject(error);
    this.#byId.delete(id);
  }

  clear(): void {
    for (const id of [...this.#byId.keys()]) this.break(id, new RillError('discarded'));
  }
}
