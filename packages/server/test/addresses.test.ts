import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOpenInPlain, urlsOf } from '../src/addresses.ts';

for (const [publicUrl, host, plain] of [
  [undefined, '127.0.0.1', false],
  [undefined, '::1', false],
  [undefined, '0.0.0.0', true],
  [undefined, '192.168.1.7', true],
  ['https://chat.example.org', '0.0.0.0', false],
  ['http://chat.example.org', '127.0.0.1', true],
  ['http://localhost:8081', '127.0.0.1', false],
  ['http://[::1]:8081', '127.0.0.1', false],
] as [string | undefined, string, boolean][]) {
  test(`${publicUrl ?? 'no PUBLIC_URL'} on ${host}: others ${plain ? 'reach it in plain' : 'do not'}`, () => {
    assert.equal(isOpenInPlain(publicUrl, host), plain);
  });
}

test('what is printed to open: this machine first, an IPv6 address in brackets', () => {
  assert.deepEqual(urlsOf('::1', 8080), ['http://localhost:8080']);
  assert.deepEqual(urlsOf('2001:db8::7', 8080), ['http://[2001:db8::7]:8080']);
  assert.equal(urlsOf('0.0.0.0', 80)[0], 'http://localhost:80');
});
