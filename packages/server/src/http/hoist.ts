type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * The same document with every schema that has a name standing once, under components, and referred to elsewhere.
 * The schemas' `$id` is that name.
 */
export function hoisted<Document extends object>(document: Document): Document {
  const schemas: Record<string, Json> = {};
  // Through JSON: what a schema carries for the compiler alone is not part of the description.
  const plain = JSON.parse(JSON.stringify(document)) as Record<string, Json>;
  const walked = walk(plain, schemas) as Record<string, Json>;
  const components = (walked.components ?? {}) as Record<string, Json>;
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...walked, components: { ...components, schemas: sorted } } as unknown as Document;
}

function walk(value: Json, schemas: Record<string, Json>): Json {
  if (Array.isArray(value)) return value.map((each) => walk(each, schemas));
  if (typeof value !== 'object' || value === null) return value;
  const { $id, ...rest } = value;
  const walked = Object.fromEntries(Object.entries(rest).map(([key, each]) => [key, walk(each, schemas)]));
  if (typeof $id !== 'string') return walked;
  schemas[$id] ??= walked;
  return { $ref: `#/components/schemas/${$id}` };
}
