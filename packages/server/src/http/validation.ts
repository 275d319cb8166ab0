import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

const MAX_FAULTS = 8;
const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,15})$/;

/**
 * Parameters and query strings are text, and where the schema wants a number its plain form is taken for one. A body
 * says its own types and is taken as it is. A field the schema does not know is refused, never dropped.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const checked = Compile(schema);
  const numbers = httpPart === 'body' ? [] : integersOf(schema);
  return (given: unknown) => {
    const value = numbers.length === 0 ? given : withNumbers(given, numbers);
    return checked.Check(value) ? { value } : { error: checked.Errors(value).slice(0, 2 * MAX_FAULTS) };
  };
};

function integersOf(schema: TSchema): string[] {
  const { properties } = schema as TSchema & { properties?: Record<string, { type?: unknown }> };
  return Object.entries(properties ?? {}).flatMap(([name, { type }]) => (type === 'integer' ? [name] : []));
}

function withNumbers(given: unknown, names: readonly string[]): unknown {
  if (typeof given !== 'object' || given === null) return given;
  const value: Record<string, unknown> = { ...given };
  for (const name of names) {
    const text = value[name];
    if (typeof text === 'string' && WHOLE_NUMBER.test(text)) value[name] = Number(text);
  }
  return value;
}

/** Which fields were wrong and how, without what was sent in them. */
export function faultsOf(found: readonly FastifySchemaValidationError[], part = 'body'): { at: string; is: string }[] {
  // An unknown field is found twice: by itself, and at the object it stands in.
  const telling = found.filter(({ keyword }) => keyword !== 'additionalProperties');
  return (telling.length === 0 ? found : telling).slice(0, MAX_FAULTS).map(({ keyword, instancePath, message }) => ({
    at: `${part}${instancePath}`.slice(0, 128),
    is: keyword === 'boolean' ? 'is no field of this address' : (message ?? 'is wrong').slice(0, 128),
  }));
}
