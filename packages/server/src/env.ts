import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { LIMITS, type Limits, type Registration } from '@rill/protocol';
import { envSchema } from 'env-schema';
import { FORMS, type SettingValues, SettingsSchema } from './settings.ts';
import { LIMIT_SETTINGS, limitsAtOdds, limitVariable } from './settings-limits.ts';

/** Where the data are. */
export type RedisSetting =
  | { readonly kind: 'embedded'; readonly appendfsync: 'always' | 'everysec'; readonly server: string }
  | { readonly kind: 'external'; readonly url: string }
  | { readonly kind: 'cluster'; readonly urls: readonly string[] };

/** Everything the environment says, checked. */
export interface Env {
  readonly host: string;
  readonly port: number;
  readonly workers: number;
  readonly dataDir: string;
  readonly redis: RedisSetting;
  /** Without a slash at the end; undefined where nothing was set. */
  readonly publicUrl: string | undefined;
  readonly origins: readonly string[] | undefined;
  readonly trustProxy: boolean | number | string;
  readonly secret: string | undefined;
  readonly name: string | undefined;
  readonly registration: Registration | undefined;
  readonly metricsToken: string | undefined;
  readonly logLevel: 'error' | 'info' | 'debug' | 'silent';
  readonly limits: Limits;
}

/** The start stops here: each problem is a sentence that names the setting. */
export class WrongSettings extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'WrongSettings';
    this.problems = problems;
  }
}

/** Reads the environment; an empty variable counts as unset. Throws WrongSettings with everything that is wrong. */
export function readEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const problems: string[] = [];
  const values = parse<SettingValues>(SettingsSchema, set, problems);
  const limits = readLimits(set, problems);
  if (values === undefined) throw new WrongSettings(problems);
  if (values.REDIS_URL !== undefined && values.REDIS_CLUSTER !== undefined) {
    problems.push('REDIS_CLUSTER and REDIS_URL are both set: the data are in one or in the other.');
  }
  if ((values.REDIS_URL ?? values.REDIS_CLUSTER) !== undefined && set.APPENDFSYNC !== undefined) {
    problems.push('APPENDFSYNC is for the embedded Redis; set it in your own Redis itself.');
  }
  const env: Env = {
    host: values.HOST,
    port: values.PORT,
    workers: values.WORKERS,
    dataDir: resolve(values.DATA_DIR),
    redis: redisOf(values),
    publicUrl:
      values.PUBLIC_URL === undefined
        ? undefined
        : originOf('PUBLIC_URL', values.PUBLIC_URL.replace(/\/$/, ''), problems),
    origins: values.ORIGINS?.split(',').map((each) => originOf('ORIGINS', each.trim(), problems)),
    trustProxy: trustProxy(values.TRUST_PROXY, problems),
    secret: values.SECRET,
    name: values.NAME,
    registration: values.REGISTRATION,
    metricsToken: values.METRICS_TOKEN,
    logLevel: values.LOG_LEVEL,
    limits,
  };
  if (problems.length > 0) throw new WrongSettings(problems);
  return env;
}

/** Settings that are not repeated in a message, not even a wrong one. */
const SECRETS: ReadonlySet<string> = new Set(['SECRET', 'METRICS_TOKEN', 'REDIS_URL', 'REDIS_CLUSTER']);

function redisOf(values: SettingValues): RedisSetting {
  if (values.REDIS_CLUSTER !== undefined) {
    const [first = '', ...others] = values.REDIS_CLUSTER.split(',');
    const way = /^(?:rediss?:\/\/)?(?:[^@]*@)?/.exec(first)?.[0] ?? '';
    const wayIn = way.includes('://') ? way : `redis://${way}`;
    return { kind: 'cluster', urls: [first.slice(way.length), ...others].map((node) => `${wayIn}${node}`) };
  }
  if (values.REDIS_URL !== undefined) return { kind: 'external', url: values.REDIS_URL };
  return { kind: 'embedded', appendfsync: values.APPENDFSYNC, server: values.REDIS_SERVER };
}

function readLimits(set: Readonly<Record<string, unknown>>, problems: string[]): Limits {
  const names = Object.keys(LIMITS) as (keyof typeof LIMITS)[];
  const known = new Map(names.map((name) => [limitVariable(name), name]));
  for (const variable of Object.keys(set)) {
    if (variable.startsWith('LIMIT_') && !known.has(variable)) {
      problems.push(`${variable} is no limit of this server; see the list in docs/operating.md.`);
    }
  }
  const properties = Object.fromEntries(
    names.map((name) => {
      const { min, max } = LIMIT_SETTINGS[name];
      return [limitVariable(name), { type: 'integer', minimum: min, maximum: max, default: LIMITS[name] }];
    }),
  );
  const values = parse<Record<string, number>>({ type: 'object', properties }, set, problems) ?? {};
  const limits = Object.fromEntries(names.map((name) => [name, values[limitVariable(name)] ?? LIMITS[name]])) as Limits;
  problems.push(...limitsAtOdds(limits));
  return limits;
}

/** What env-schema says went wrong with one variable. */
interface Fault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly allowedValues?: readonly unknown[]; readonly limit?: number };
}

function parse<T>(schema: object, set: Readonly<Record<string, unknown>>, problems: string[]): T | undefined {
  try {
    return envSchema<T>({ schema: structuredClone(schema), data: { ...set }, env: false });
  } catch (error) {
    const faults = (error as { errors?: readonly Fault[] }).errors;
    if (!faults) throw error;
    for (const fault of faults) {
      const variable = fault.instancePath.slice(1);
      const value = SECRETS.has(variable) ? '' : ` (it is ${JSON.stringify(set[variable])})`;
      problems.push(`${variable} ${must(variable, fault)}${value}.`);
    }
    return undefined;
  }
}

function must(variable: string, { keyword, params: { allowedValues = [], limit } }: Fault): string {
  switch (keyword) {
    case 'type':
      return 'must be a whole number';
    case 'minimum':
      return `must be ${limit} or more`;
    case 'maximum':
      return `must be ${limit} or less`;
    case 'minLength':
      return `must have ${limit} characters or more`;
    case 'maxLength':
      return `must have ${limit} characters or fewer`;
    case 'enum':
      return `must be one of ${allowedValues.join(', ')}`;
    case 'pattern':
      return `must be ${FORMS[variable]}`;
    default:
      return 'is wrong';
  }
}

function originOf(variable: string, value: string, problems: string[]): string {
  if (URL.canParse(value)) {
    const url = new URL(value);
    if (/^https?:$/.test(url.protocol) && `${url.protocol}//${url.host}` === value.toLowerCase()) return url.origin;
  }
  problems.push(
    `${variable} must name an origin like https://chat.example.org, without a path (it is ${JSON.stringify(value)}).`,
  );
  return value;
}

const PROXY_NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

function trustProxy(value: string, problems: string[]): boolean | number | string {
  if (value === 'true' || value === 'false') return value === 'true';
  if (/^\d{1,2}$/.test(value)) return Number(value);
  const fits = value.split(',').every((part) => {
    const [address = '', bits, ...rest] = part.trim().split('/');
    if (PROXY_NAMES.has(address)) return bits === undefined;
    const family = isIP(address);
    return (
      family > 0 &&
      rest.length === 0 &&
      (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
    );
  });
  if (!fits)
    problems.push(`TRUST_PROXY must be true, false, a number of hops, or addresses (it is ${JSON.stringify(value)}).`);
  return value;
}
