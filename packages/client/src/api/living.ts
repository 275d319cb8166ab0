/**
 * Something that changes and tells so. `snapshot()` is immutable and keeps its identity while nothing changed, so
 * that it can be compared with `===` and handed to a renderer as it is.
 */
export interface Living<Snapshot> {
  snapshot(): Snapshot;
  /** Calls the listener after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}
