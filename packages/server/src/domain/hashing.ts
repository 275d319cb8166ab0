import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Refusal } from './refusal.ts';

const derive = promisify(argon2);

/** OWASP's least for argon2id: memory in KiB, passes, lanes. Each hash of the same memory and time, however it ends. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
const SALT_BYTES = 16;

/** Each hash takes 19 MiB and a thread of the few that Node has. */
const AT_ONCE = 2;
const WAITING = 64;

/** Hashes passwords, a few at once; beyond a bounded queue the answer is `overloaded`. */
export interface Hashing {
  /** A PHC string: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>`. */
  hash(password: string): Promise<string>;
  /** Against nobody's hash (undefined) it takes as long, and is false. */
  verify(password: string, phc: string | undefined): Promise<boolean>;
}

export function createHashing(): Hashing {
  const nobody = phcOf(randomBytes(SALT_BYTES), randomBytes(TAG_BYTES));
  const queue: (() => void)[] = [];
  let running = 0;

  async function run(parameters: Argon2Parameters): Promise<Buffer> {
    if (running < AT_ONCE) running += 1;
    else {
      if (queue.length >= WAITING) throw new Refusal('overloaded', { retryAfterMs: 2_000 });
      // Whoever ends hands the place on, so `running` stays.
      await new Promise<void>((resolve) => queue.push(resolve));
    }
    try {
      return await derive('argon2id', parameters);
    } finally {
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    async hash(password) {
      const nonce = randomBytes(SALT_BYTES);
      return phcOf(nonce, await run({ ...COST, message: message(password), nonce, tagLength: TAG_BYTES }));
    },
    async verify(password, phc) {
      const { nonce, tag, ...cost } = readPhc(phc ?? nobody);
      const found = await run({ ...cost, message: message(password), nonce, tagLength: tag.length });
      return timingSafeEqual(found, tag) && phc !== undefined;
    },
  };
}

/** The same characters typed on another system are the same password. Nothing is cut off. */
function message(password: string): string {
  return password.normalize('NFC');
}

function phcOf(salt: Buffer, tag: Buffer): string {
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(salt)}$${bare(tag)}`;
}

const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function readPhc(phc: string) {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(phc) ?? [];
  if (salt === undefined || tag === undefined) throw new TypeError('a stored password is no PHC string');
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}
