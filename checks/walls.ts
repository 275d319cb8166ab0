/**
 * Who may import whom. The table is the one in ARCHITECTURE.md; dependency-cruiser reads the imports. Exits 1 with a
 * line for each wall that was walked through, and also when it read fewer modules than there are.
 */
import { globSync } from 'node:fs';
import { cruise, type IForbiddenRuleType, type ICruiseResult } from 'dependency-cruiser';

const protocol = '^packages/protocol/src/';
const client = '^packages/client/src/';
const server = (folder: string) => `^packages/server/src/${folder}`;
const web = (folder: string) => `^packages/web/src/${folder}`;
const npm = (...names: string[]) => names.map((name) => `^node_modules/${name}/`);

/** What every layer of the server shares: time, strict JSON, counters, who asks, the one error, the environment's types. */
const words = [
  server('clock.ts'),
  server('json.ts'),
  server('metrics.ts'),
  server('domain/(refusal|who).ts'),
  server('env.ts'),
];

/** A folder (or file), and all that it may import besides itself and Node's own modules. */
const WALLS: Record<string, { from: string; may: string[] }> = {
  protocol: { from: protocol, may: npm('typebox') },
  'server/store': { from: server('store/'), may: [protocol, ...words, ...npm('ioredis', 'cluster-key-slot')] },
  'server/domain': {
    from: server('domain/'),
    may: [protocol, server('store/'), ...words, ...npm('@zxcvbn-ts')],
  },
  'server/jobs, search, files, push': {
    from: server('(jobs|search|files|push)/'),
    may: [protocol, server('(store|domain)/'), ...words, ...npm('pino')],
  },
  'server/live': {
    from: server('live/'),
    may: [
      protocol,
      server('domain/'),
      // Handed in: see the rule below.
      server('store/'),
      ...words,
      ...npm('ws', '@types/ws', 'fastify', 'fastify-plugin', '@fastify', 'typebox', 'prom-client'),
    ],
  },
  'server/http': {
    from: server('http/'),
    may: [protocol, server('domain/'), ...words, ...npm('fastify', 'fastify-plugin', '@fastify', 'typebox', 'helmet')],
  },
  'server/app': {
    from: server('app.ts'),
    may: [protocol, server('(http|live|domain)/'), ...words, ...npm('fastify', '@fastify')],
  },
  'server/env': { from: server('(env|settings|settings-limits).ts'), may: [protocol, ...npm('env-schema', 'typebox')] },
  'server/main': {
    from: server('main.ts'),
    may: [protocol, server('(addresses|env|log|server|start-failure|workers).ts'), ...npm('close-with-grace')],
  },
  'server/start-failure': {
    from: server('start-failure.ts'),
    // Of the store, the errors that an operator can mend.
    may: [server('(env|workers).ts'), server('store/(data-lock|durability|schema).ts')],
  },
  client: { from: client, may: [protocol, ...npm('idb')] },
  'web/ui, platform, i18n': {
    from: web('(ui|platform|i18n)/'),
    may: npm('preact', '@preact', 'lucide', '@floating-ui', 'virtua', 'idb', 'vite'),
  },
  'web/model': {
    from: web('model/'),
    may: [protocol, client, web('(ui|platform|i18n)/'), ...npm('preact', '@preact')],
  },
  'web/features': {
    from: web('features/'),
    may: [
      protocol,
      client,
      web('(ui|platform|i18n|model)/'),
      ...npm('preact', '@preact', 'virtua', '@floating-ui', 'lucide'),
    ],
  },
};

const forbidden: IForbiddenRuleType[] = [
  ...Object.entries(WALLS).map(([name, { from, may }]) => ({
    name,
    severity: 'error' as const,
    from: { path: from },
    to: { pathNot: [from, ...may], dependencyTypesNot: ['core' as const] },
  })),
  {
    name: 'no module of Node where browsers go',
    severity: 'error',
    from: { path: [protocol, client, web('')], pathNot: '^packages/client/src/(testing|node)' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'no schema compiler in a browser: only types, or the light parts of the wire',
    severity: 'error',
    from: { path: [client, web('')], pathNot: '^packages/client/src/testing' },
    to: {
      path: protocol,
      pathNot: `${protocol}(limits|errors|close-codes|version|message-state|text).ts`,
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'features do not import each other',
    severity: 'error',
    from: { path: '^packages/web/src/features/([^/]+)/' },
    to: { path: '^packages/web/src/features/([^/]+)/', pathNot: '^packages/web/src/features/$1/' },
  },
  {
    name: 'only the composition above imports app',
    severity: 'error',
    from: { path: web('(features|ui|platform|i18n|model)/') },
    to: { path: web('app/') },
  },
  {
    name: 'of the stores that live is handed, it imports the types',
    severity: 'error',
    from: { path: server('live/') },
    to: { path: server('store/'), dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'live and http never import each other',
    severity: 'error',
    from: { path: server('(live|http)/') },
    to: { path: server('(live|http)/'), pathNot: server('$1/') },
  },
  {
    name: 'nothing imports harness, bench, faults or a test',
    severity: 'error',
    from: { path: '^packages/[^/]+/src/', pathNot: '^packages/(harness|bench|faults)/' },
    to: { path: ['^packages/(harness|bench|faults)/', '^packages/[^/]+/(test|e2e)/'] },
  },
  {
    name: 'between packages by their names, never ../../',
    severity: 'error',
    from: { path: '^packages/([^/]+)/' },
    to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypesNot: ['aliased-workspace'] },
  },
  {
    name: 'no barrel but a package’s index',
    severity: 'error',
    from: {},
    to: { path: '^packages/[^/]+/src/.+/index[.]tsx?$' },
  },
  {
    // A type that two files of one thing share, and a part that is loaded when it is needed, are no knots.
    name: 'no cycle',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
  },
  {
    name: 'every import leads somewhere',
    severity: 'error',
    from: { path: '^packages/' },
    to: { couldNotResolve: true },
  },
];

// Before they are read: a file that comes meanwhile is none that was passed over.
const there = globSync('packages/*/{src,test,dev,e2e}/**/*.{ts,tsx}', { exclude: ['**/*.d.ts'] });

const { output } = await cruise(['packages'], {
  ruleSet: { forbidden },
  validate: true,
  tsPreCompilationDeps: true,
  combinedDependencies: true,
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '(^|/)dist/|^virtual:|[.]css$' },
  tsConfig: { fileName: 'tsconfig.json' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'browser', 'node', 'default', 'types'],
    extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
  },
});
if (typeof output === 'string') throw new Error(output);
const { modules, summary }: ICruiseResult = output;

const read = new Set(modules.map((each) => each.source));
const unread = there.filter((file) => !read.has(file));
const crossings = modules
  .flatMap((each) => each.dependencies)
  .filter((each) => each.dependencyTypes.includes('aliased-workspace'));

for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
for (const file of unread) console.error(`not read: ${file}`);
// A check that reads nothing is green for ever.
if (there.length < 30 || crossings.length === 0)
  console.error(`only ${there.length} modules and ${crossings.length} imports between packages were read`);
const sound = summary.violations.length === 0 && unread.length === 0 && there.length >= 30 && crossings.length > 0;
if (sound) console.log(`${there.length} modules, ${summary.totalDependenciesCruised} imports: every wall stands.`);
process.exitCode = sound ? 0 : 1;
