import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '@rill/protocol';
import { readEnv, WrongSettings } from '../src/env.ts';
import { settingsList, settingsTable } from '../src/settings.ts';

const problems = (variables: Record<string, string>): readonly string[] => {
  try {
    readEnv(variables);
  } catch (error) {
    if (error instanceof WrongSettings) return error.problems;
    throw error;
  }
  return [];
};

test('nothing set gives the defaults', () => {
  const env = readEnv({ PATH: '/bin', PORT: '' });
  assert.equal(env.port, 8080);
  assert.equal(env.host, '127.0.0.1');
  assert.deepEqual(env.redis, { kind: 'embedded', appendfsync: 'always', server: 'redis-server' });
  assert.deepEqual(env.limits, LIMITS);
  assert.equal(env.trustProxy, false);
});

test('what is set is taken', () => {
  const env = readEnv({
    PORT: '0',
    REDIS_URL: 'redis://db:6379/1',
    PUBLIC_URL: 'https://chat.example.org/',
    ORIGINS: 'https://chat.example.org, http://localhost:5173',
    TRUST_PROXY: '10.0.0.0/8, ::1, loopback',
    REGISTRATION: 'invite',
    LIMIT_MESSAGE_LENGTH: '500',
  });
  assert.equal(env.port, 0);
  assert.deepEqual(env.redis, { kind: 'external', url: 'redis://db:6379/1' });
  assert.equal(env.publicUrl, 'https://chat.example.org');
  assert.deepEqual(env.origins, ['https://chat.example.org', 'http://localhost:5173']);
  assert.equal(env.trustProxy, '10.0.0.0/8, ::1, loopback');
  assert.equal(env.registration, 'invite');
  assert.equal(env.limits.messageLength, 500);
});

test('the first node of a cluster says how to get in', () => {
  const urls = (value: string) => {
    const { redis } = readEnv({ REDIS_CLUSTER: value });
    return redis.kind === 'cluster' ? redis.urls : [];
  };
  assert.deepEqual(urls('a:1,b:2'), ['redis://a:1', 'redis://b:2']);
  assert.deepEqual(urls('rediss://me:word@a:1,b:2'), ['rediss://me:word@a:1', 'rediss://me:word@b:2']);
});

for (const [variable, value, more] of [
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['REDIS_URL', 'localhost:6379'],
  ['REDIS_CLUSTER', 'one,two'],
  ['REDIS_CLUSTER', 'one:1', { REDIS_URL: 'redis://x' }],
  ['APPENDFSYNC', 'no'],
  ['APPENDFSYNC', 'always', { REDIS_URL: 'redis://x' }],
  ['PUBLIC_URL', 'chat.example.org'],
  ['PUBLIC_URL', 'https://chat.example.org/chat'],
  ['ORIGINS', 'https://a.example, b.example'],
  ['ORIGINS', '*'],
  ['TRUST_PROXY', '10.0.0.0/33'],
  ['TRUST_PROXY', 'everyone'],
  ['SECRET', 'short'],
  ['REGISTRATION', 'maybe'],
  ['LOG_LEVEL', 'loud'],
  ['LIMIT_MESSAGE_LENGTH', '0'],
  ['LIMIT_MESSAGE_LENGTH', '1.5'],
  ['LIMIT_MESSAGE_LENGHT', '100'],
  ['LIMIT_PAGE_DEFAULT', '300'],
] as [string, string, Record<string, string>?][]) {
  test(`${variable}=${value} is refused by its name`, () => {
    const found = problems({ [variable]: value, ...more });
    assert.ok(
      found.some((sentence) => sentence.startsWith(`${variable} `) && sentence.endsWith('.')),
      found.join('\n'),
    );
    assert.equal(found.join('').includes('short'), false);
  });
}

test('what a setting must be is said in plain words, and a secret is not repeated', () => {
  const said = [
    { PORT: 'eighty' },
    { PORT: '70000' },
    { LIMIT_PAGE_MAX: '0' },
    { NAME: 'x'.repeat(81) },
    { SECRET: 'cnry' },
    { REDIS_URL: 'http://me:cnry@host' },
    { PUBLIC_URL: 'https://chat.example.org/chat' },
  ].flatMap(problems);
  assert.deepEqual(said, [
    'PORT must be a whole number (it is "eighty").',
    'PORT must be 65535 or less (it is "70000").',
    'LIMIT_PAGE_MAX must be 1 or more (it is "0").',
    `NAME must have 80 characters or fewer (it is "${'x'.repeat(81)}").`,
    'SECRET must have 32 characters or more.',
    'REDIS_URL must be an address that begins with redis://, rediss:// or unix:///.',
    'PUBLIC_URL must name an origin like https://chat.example.org, without a path (it is "https://chat.example.org/chat").',
  ]);
});

test('everything that is wrong is told at once', () => {
  assert.equal(problems({ PORT: 'x', LOG_LEVEL: 'y', LIMIT_PAGE_MAX: 'z', LIMIT_NOTHING: '1' }).length, 4);
});

test('every limit of the protocol can be set, and its default fits', () => {
  const list = settingsList();
  for (const name of Object.keys(LIMITS)) {
    const variable = `LIMIT_${name.replace(/([A-Z])/g, '_$1').toUpperCase()}`;
    const setting = list.find((each) => each.variable === variable);
    assert.ok(setting, variable);
    assert.deepEqual(problems({ [variable]: setting.default }), []);
  }
  for (const { variable, says } of list) assert.match(says, /^[A-Z].*\.$/, variable);
  assert.equal(settingsTable().split('\n').length, list.length + 2);
});
