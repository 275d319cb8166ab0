/** Made when it is asked for first: the formats of a language take longer to make than a first screen may. */
export function late<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}
