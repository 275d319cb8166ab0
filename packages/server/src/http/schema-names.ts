type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Where a name stands while a description is made: its maker takes `$id` for something to be looked up. */
const MARK = '$name';

/** The same schema with its names, and those within it, marked for `hoisted`. */
export function marked<Schema extends object>(schema: Schema): Schema {
  return walk(plain(schema), '$id', (name, each) => ({ [MARK]: name, ...(each as object) })) as unknown as Schema;
}

/** The same document with every marked schema standing once, under components, and referred to elsewhere. */
export function hoisted<Document extends object>(document: Document): Document {
  const schemas: Record<string, Json> = {};
  const walked = walk(plain(document), MARK, (name, schema) => {
    schemas[name] ??= schema;
    return { $ref: `#/components/schemas/${name}` };
  });
  const { components, ...rest } = walked as Record<string, Json>;
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...rest, components: { ...(components as object), schemas: sorted } } as unknown as Document;
}

/** Through JSON: what a schema carries for its own compiler alone stays behind. */
function plain(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

function walk(value: Json, key: string, named: (name: string, schema: Json) => Json): Json {
  if (Array.isArray(value)) return value.map((each) => walk(each, key, named));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, each]) => {
    return name === key && typeof each === 'string' ? [] : [[name, walk(each, key, named)] as const];
  });
  const walked = Object.fromEntries(entries);
  const name = value[key];
  return typeof name === 'string' ? named(name, walked) : walked;
}
