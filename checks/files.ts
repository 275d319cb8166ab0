import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** The project's own text files: what git knows or would add. */
export function files(pattern: RegExp): { path: string; text: string }[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
  return listed
    .split('\n')
    .filter((path) => pattern.test(path) && existsSync(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

/** Ends a check: its complaints, or what it can say when there are none. */
export function conclude(complaints: readonly string[], praise: string): void {
  for (const each of complaints) console.error(each);
  if (complaints.length === 0) console.log(praise);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
