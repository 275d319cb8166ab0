import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import * as protocol from '../src/index.ts';

/**
 * Every version of the wire there has been. When this test is red, the wire has moved: raise WIRE_VERSION and add a
 * line, unless the version is not yet released; then the line may change.
 */
const WIRES: Record<number, string> = {
  1: '008a0cd3da07cc72',
  2: '7f534ea4fa6a5735',
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'description');
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
};

const wire = {
  schemas: Object.fromEntries(Object.entries(protocol).filter(([name]) => name.endsWith('Schema'))),
  errors: Object.entries(protocol.ERRORS).map(([code, { status, retry }]) => ({ code, status, retry })),
  closings: Object.entries(protocol.CLOSINGS).map(([name, { code, reconnect }]) => ({ name, code, reconnect })),
};

test('the wire does not move without its version', () => {
  assert.ok(Object.keys(wire.schemas).length > 60, 'the schemas were found');
  const hash = createHash('sha256')
    .update(JSON.stringify(sorted(wire)))
    .digest('hex')
    .slice(0, 16);
  assert.equal(hash, WIRES[protocol.WIRE_VERSION]);
});

test('a field more in a schema, a changed status or an unknown code moves the hash', () => {
  const before = JSON.stringify(sorted(wire));
  const moved = { ...wire, errors: wire.errors.map((each, at) => (at === 0 ? { ...each, status: 599 } : each)) };
  assert.notEqual(JSON.stringify(sorted(moved)), before);
  assert.ok(before.includes('"nonce"') && before.includes('"recallUntil"'), 'fields stand in the hash');
});
