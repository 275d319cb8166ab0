/** A page, as other pages of the browser see it. */
export interface Run {
  readonly id: string;
  /** The other pages that are alive now; where that cannot be known, none: the server knows a nonce sent twice. */
  others(): Promise<ReadonlySet<string>>;
  end(): void;
}

/** A name for this page that others see as long as it lives: a lock, which the browser takes back from a dead page. */
export function claimRun(name: string): Run {
  const prefix = `${name} run `;
  const id = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  // Missing over plain http away from localhost.
  const locks: LockManager | undefined = 'locks' in navigator ? navigator.locks : undefined;
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    if (locks === undefined) return resolve();
    const until = new Promise<void>((ended) => {
      end = ended;
    });
    locks
      .request(prefix + id, () => {
        resolve();
        return until;
      })
      .catch(() => resolve());
  });
  return {
    id,
    async others() {
      await held;
      const { held: all = [] } = (await locks?.query().catch(() => undefined)) ?? {};
      return new Set(all.flatMap((lock) => (lock.name?.startsWith(prefix) ? [lock.name.slice(prefix.length)] : [])));
    },
    end: () => end(),
  };
}
