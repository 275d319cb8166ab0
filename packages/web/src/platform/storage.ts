/** What this browser keeps in plain words. Every call may find no storage (private windows, policies): then nothing is kept. */
export function readKept(key: string): unknown {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

export function keep(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the value lives as long as the page.
  }
}

/** Forgets every key that begins so. */
export function forget(prefix: string): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // There was nothing to forget.
  }
}

/** Calls when another tab changed a key that begins so. */
export function onKeptElsewhere(prefix: string, listener: (key: string) => void): () => void {
  const hear = (event: StorageEvent) => {
    if (event.key?.startsWith(prefix)) listener(event.key);
  };
  addEventListener('storage', hear);
  return () => removeEventListener('storage', hear);
}
