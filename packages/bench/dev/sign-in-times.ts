import { ask, register, startServerProcess } from '@rill/harness';

/**
 * Whether the time of a refused sign-in tells if there is such an account: many tries of each kind in turn, their
 * medians, and the two-sample Kolmogorov–Smirnov test. Run it while the machine does nothing else.
 */
const TRIES = Number(process.argv[2] ?? 200);
const MEDIAN_MS = 5;
const P_MIN = 0.01;

const server = await startServerProcess({
  env: { REGISTRATION: 'open', LIMIT_LOGINS_PER_MINUTE: '100000', LIMIT_LOGINS_PER_ADDRESS_MINUTE: '100000' },
});
let failed = false;
try {
  const owner = await register(server.url, { username: 'owner', code: server.ownerCode });
  await register(server.url, { username: 'there' });
  const off = await register(server.url, { username: 'disabled' });
  await owner.patch(`/users/${off.id}`, { status: 'disabled' });
  const names = ['there', 'nobody', 'disabled', 'not a name'] as const;
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let at = -10; at < TRIES; at += 1) {
    for (const username of names) {
      const since = performance.now();
      const { status } = await ask(server.url, 'POST', '/login', { username, password: 'not the password of anybody' });
      if (status !== 401) throw new Error(`a wrong password was answered with ${status}`);
      if (at >= 0) times.get(username)?.push(performance.now() - since);
    }
  }
  const known = times.get('there') ?? [];
  for (const [name, taken] of times) {
    const difference = Math.abs(median(taken) - median(known));
    const p = kolmogorovSmirnov(taken, known);
    process.stdout.write(
      `${name}: median ${median(taken).toFixed(2)} ms, ${difference.toFixed(2)} ms from a known account, p ${p.toFixed(3)}\n`,
    );
    failed ||= difference >= MEDIAN_MS || p <= P_MIN;
  }
} finally {
  await server.stop();
}
process.stdout.write(failed ? 'the time tells whether there is an account\n' : 'the time tells nothing\n');
process.exitCode = failed ? 1 : 0;

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? Number.NaN;
}

/** How likely two samples as far apart as these are where both come from one distribution. */
function kolmogorovSmirnov(one: readonly number[], other: readonly number[]): number {
  const share = (all: readonly number[], most: number) => all.filter((each) => each <= most).length / all.length;
  const apart = Math.max(...[...one, ...other].map((at) => Math.abs(share(one, at) - share(other, at))));
  const root = Math.sqrt((one.length * other.length) / (one.length + other.length));
  const scaled = (root + 0.12 + 0.11 / root) * apart;
  if (scaled < 0.2) return 1;
  let p = 0;
  for (let k = 1; k <= 100; k += 1) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * scaled * scaled);
  return Math.min(1, Math.max(0, p));
}
