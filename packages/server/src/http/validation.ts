import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';

const MAX_FAULTS = 8;

/**
 * Parameters and query strings are text and are converted to what the schema says; a body says its own types and is
 * taken as it is. A field the schema does not know is refused, never dropped.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const checked = Compile(schema);
  return (given: unknown) => {
    const value = httpPart === 'body' ? given : Value.Convert(schema, given);
    return checked.Check(value) ? { value } : { error: checked.Errors(value).slice(0, MAX_FAULTS) };
  };
};

/** Which fields were wrong and how, without what was sent in them. */
export function faultsOf(found: readonly FastifySchemaValidationError[], part = 'body'): { at: string; is: string }[] {
  return found.slice(0, MAX_FAULTS).map(({ instancePath, message }) => ({
    at: `${part}${instancePath}`.slice(0, 128),
    is: (message ?? 'is wrong').slice(0, 128),
  }));
}
