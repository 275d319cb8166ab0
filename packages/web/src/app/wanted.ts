/** Where one wanted to go before signing in. */
let wanted: string | undefined;

export function want(address: string): void {
  wanted = address;
}

/** Tells it once. */
export function takeWanted(): string | undefined {
  const to = wanted;
  wanted = undefined;
  return to;
}
