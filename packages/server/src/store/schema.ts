import type { RedisDoor } from './redis.ts';
import { field, unexpected } from './replies.ts';
import { SERVER } from './user-keys.ts';

/** The number of the layout of keys that this server reads and writes. */
export const SCHEMA = 1;

/** Brings data from the number before to `to`. Run again after any interruption: each must be idempotent. */
export interface Migration {
  readonly to: number;
  run(redis: RedisDoor): Promise<void>;
}

const MIGRATIONS: readonly Migration[] = [];

/** Data that this server must not touch, with a sentence for the operator. */
export class DataRefused extends Error {}

/** Checks that this server may work on the data, and brings older ones up to its own layout. */
export async function enterData(
  redis: RedisDoor,
  secretFingerprint: string,
  { schema = SCHEMA, migrations = MIGRATIONS }: { schema?: number; migrations?: readonly Migration[] } = {},
): Promise<void> {
  const reply = await redis.call('server_enter', [SERVER.state], [schema, secretFingerprint]);
  const [word] = reply;
  if (word === 'newer') {
    throw new DataRefused(
      `The data have layout ${field(reply, 1)}, this server knows ${schema}: start the newer version that wrote them.`,
    );
  }
  if (word === 'other-secret') {
    throw new DataRefused(
      'The data were written with another SECRET. Every node needs the same; if DATA_DIR/secret was lost, put it back from a backup.',
    );
  }
  if (word !== 'ok') return unexpected('server_enter', reply);
  const found = Number(field(reply, 1));
  for (const migration of migrations.filter(({ to }) => to > found).sort((a, b) => a.to - b.to)) {
    await migration.run(redis);
    await redis.call('server_migrated', [SERVER.state], [migration.to]);
  }
}
