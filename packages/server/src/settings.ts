import { LIMITS, RegistrationSchema } from '@rill/protocol';
import { type Static, type TSchema, Type } from 'typebox';
import { LIMIT_SETTINGS, limitVariable } from './settings-limits.ts';

const text = (description: string, more: object = {}) => Type.String({ description, ...more });

/** Every setting of the environment: its schema, its default and a sentence. The limits stand beside, by their names. */
export const SettingsSchema = Type.Object({
  PORT: Type.Integer({
    default: 8080,
    minimum: 0,
    maximum: 65_535,
    description: 'The port to listen on; 0 takes a free one.',
  }),
  HOST: text('The address to listen on; 0.0.0.0 for every one of this machine.', { default: '127.0.0.1' }),
  WORKERS: Type.Integer({
    default: 1,
    minimum: 1,
    maximum: 256,
    description: 'How many processes serve on the one port: up to one for each core.',
  }),
  DATA_DIR: text('The folder for everything the server keeps.', { default: './data' }),
  REDIS_URL: Type.Optional(
    text('An external Redis 7 or newer, as redis://, rediss:// or unix://; unset, the server runs its own.', {
      pattern: '^(rediss?://|unix:///)',
    }),
  ),
  REDIS_CLUSTER: Type.Optional(
    text(
      'Some nodes of a Redis Cluster, as host:port separated by commas; the first may say how to get in, as rediss://user:password@host:port.',
      { pattern: '^(rediss?://([^@/]*@)?)?[^,/@]+:[0-9]+(,[^,/@]+:[0-9]+)*$' },
    ),
  ),
  REDIS_SERVER: text('The redis-server that the server runs as its own.', { default: 'redis-server' }),
  APPENDFSYNC: Type.Enum(['always', 'everysec'], {
    default: 'always',
    description:
      'When the embedded Redis writes to disk: always, before a message is acknowledged, or everysec, which can lose the last seconds of acknowledged messages.',
  }),
  PUBLIC_URL: Type.Optional(text('Where people reach the server, as https://chat.example.org; needed behind a proxy.')),
  ORIGINS: Type.Optional(
    text(
      'Origins whose pages may use the server with its cookie, separated by commas, besides PUBLIC_URL; with neither set, pages of the very host and port a request goes to.',
    ),
  ),
  TRUST_PROXY: text(
    'Which proxies may say who a request came from: false, true, a number of hops, or addresses and networks separated by commas.',
    { default: 'false' },
  ),
  SECRET: Type.Optional(
    text(
      'The key of all that is derived from one, 32 characters or more, the same on every node; unset, a file in DATA_DIR keeps it.',
      {
        minLength: 32,
      },
    ),
  ),
  NAME: Type.Optional(
    text('The name of the server; set here, administrators cannot change it.', { minLength: 1, maxLength: 80 }),
  ),
  REGISTRATION: Type.Optional(
    Type.Enum([...RegistrationSchema.enum], {
      description:
        'Who may make an account: open, invite or closed; set here, administrators cannot change it. Set nowhere, invite.',
    }),
  ),
  METRICS_TOKEN: Type.Optional(
    text('Whoever bears it may read /metrics; unset, only this machine itself may, and not through a proxy.', {
      minLength: 16,
    }),
  ),
  LOG_LEVEL: Type.Enum(['error', 'info', 'debug', 'silent'], {
    default: 'info',
    description: 'How much the server tells of itself.',
  }),
});

/** What a setting with a pattern must be, in words. */
export const FORMS: Readonly<Record<string, string>> = {
  REDIS_URL: 'an address that begins with redis://, rediss:// or unix:///',
  REDIS_CLUSTER: 'nodes as host:port, separated by commas',
};

export type SettingValues = Static<typeof SettingsSchema>;

/** One variable of the environment, as the documentation lists it. */
export interface Setting {
  readonly variable: string;
  readonly default: string;
  readonly says: string;
}

/** Every variable there is, in the order of the documentation. */
export function settingsList(): Setting[] {
  const plain = Object.entries<TSchema>(SettingsSchema.properties).map(([variable, schema]) => {
    const { default: value, description } = schema as TSchema & { default?: unknown; description?: string };
    return { variable, default: value === undefined ? '' : String(value), says: description ?? '' };
  });
  const limits = (Object.keys(LIMITS) as (keyof typeof LIMITS)[]).map((name) => ({
    variable: limitVariable(name),
    default: String(LIMITS[name]),
    says: LIMIT_SETTINGS[name].says,
  }));
  return [...plain, ...limits];
}

/** The list as the table of docs/operating.md, which a check compares with this one. */
export function settingsTable(): string {
  const rows = settingsList().map(
    (each) => `| \`${each.variable}\` | ${each.default && `\`${each.default}\``} | ${each.says} |`,
  );
  return ['| setting | default | what it does |', '|---|---|---|', ...rows].join('\n');
}
