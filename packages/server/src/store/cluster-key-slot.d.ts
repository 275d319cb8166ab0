declare module 'cluster-key-slot' {
  /** The slot of a key, its hash tag taken into account. */
  export default function slot(key: string): number;
}
