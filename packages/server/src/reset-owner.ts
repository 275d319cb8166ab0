import { systemClock } from './clock.ts';
import { readEnv } from './env.ts';
import { openDoor, takeGround } from './ground.ts';
import { createLog } from './log.ts';
import { DataInUse } from './store/data-lock.ts';
import { readLibrary } from './store/functions.ts';
import { createMemberStore } from './store/members.ts';
import { createRoomCalls } from './store/room-calls.ts';
import { wireAccounts } from './wire-accounts.ts';

/**
 * Prints a one-time link by which the owner sets a new password: nobody on the server may make one, whoever has the
 * machine may. The server is stopped meanwhile, for only one process at a time has its data.
 */
async function link(): Promise<string> {
  const env = readEnv(process.env);
  const log = createLog('error');
  const ground = await takeGround(env, log);
  try {
    const redis = await openDoor(ground, await readLibrary(), log);
    try {
      const { secret } = ground;
      const { limits } = env;
      const memberStore = createMemberStore({ calls: createRoomCalls({ redis }) });
      const wiring = { redis, memberStore, clock: systemClock, limits, secret, fixed: {} };
      const { administration } = await wireAccounts(wiring);
      const made = await administration.ownerReset(env.publicUrl ?? `http://localhost:${env.port}`);
      if (made === undefined) return 'Nobody owns this server yet: start it, and it prints the link for that.';
      return `Start the server and open this within ${limits.resetHours} hours; it works once:\n  ${made.url}`;
    } finally {
      await redis.close();
    }
  } finally {
    await ground.leave();
  }
}

try {
  process.stdout.write(`${await link()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof DataInUse ? 2 : 1;
}
