import { createHmac, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The secret of the environment, or the one that DATA_DIR keeps, made at the first start. */
export async function readSecret(fromEnv: string | undefined, dataDir: string): Promise<string> {
  if (fromEnv !== undefined) return fromEnv;
  const file = join(dataDir, 'secret');
  try {
    await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length < 32)
    throw new Error(`${file} is not whole: put the secret back from a backup, or remove it if the server is new.`);
  return secret;
}

/** Tells one secret from another and nothing more. */
export function fingerprint(secret: string): string {
  return createHmac('sha256', secret).update('fingerprint').digest('hex').slice(0, 16);
}
