/** A function replied a word that its caller does not know: a fault of ours, never of who asked. */
export function unexpected(name: string, reply: readonly string[]): never {
  throw new TypeError(`function ${name} replied ${JSON.stringify(reply[0] ?? '')}`);
}

/** The field of a reply or a row; one that is missing is a fault of ours. */
export function field(reply: readonly string[], at: number): string {
  const value = reply[at];
  if (value === undefined) throw new TypeError(`a reply has no field ${at}`);
  return value;
}

/** The fields of a compound row. */
export function fields(row: string): string[] {
  return row.split('\0');
}
