import fastJson from 'fast-json-stringify';
import type { FastifySerializerCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { withoutNames } from './schema-names.ts';

/**
 * Answers are written by what their schema says: a field that it does not name never leaves, whatever the domain
 * handed over.
 */
export const compileSerializer: FastifySerializerCompiler<TSchema> = ({ schema }) => fastJson(withoutNames(schema));
