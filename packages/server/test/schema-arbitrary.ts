import fc, { type Arbitrary } from 'fast-check';

/** As much of a JSON Schema as the API's bodies use. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What fits a schema. */
export function fitting(schema: Schema, shapes: Readonly<Record<string, object>>): Arbitrary<unknown> {
  const inner = (each: Schema) => fitting(each, shapes);
  if (schema.$ref !== undefined) return inner(shapes[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(inner));
  switch (schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).map(([name, each]) => [name, inner(each)] as const);
      return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])] });
    }
    case 'array':
      return fc.array(inner(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case 'integer':
      return fc.oneof(fc.integer({ min: schema.minimum ?? 0, max: 20 }), fc.maxSafeInteger());
    case 'boolean':
      return fc.boolean();
    default:
      return schema.pattern === undefined
        ? fc.string({ unit: 'grapheme', maxLength: Math.min(schema.maxLength ?? 40, 40) })
        : fc.stringMatching(new RegExp(schema.pattern));
  }
}

/** Whatever JSON can say, and some of what people send to break things. */
const NASTY: Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    null,
    -1,
    0,
    2 ** 53 - 1,
    1.5,
    '',
    '0',
    {},
    [],
    { $gt: '' },
    '\u202e',
    '../..',
    '{x}*',
    '\r\nDEL k',
    'a'.repeat(20_000),
  ),
);

/** The same value with one place in it changed: replaced, left out, or with something more beside it. */
export function broken(value: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc
    .tuple(value, fc.nat(), fc.constantFrom('replace', 'drop', 'add'), NASTY, fc.string({ maxLength: 12 }))
    .map(([whole, at, how, nasty, name]) => {
      if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return nasty;
      const keys = Object.keys(whole);
      const key = keys[at % Math.max(1, keys.length)] ?? name;
      if (how === 'add') return { ...whole, [name]: nasty };
      const rest = Object.fromEntries(Object.entries(whole).filter(([each]) => each !== key));
      return how === 'drop' ? rest : { ...rest, [key]: nasty };
    });
}
