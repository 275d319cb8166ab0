/**
 * What a command makes of its command line. Where that asks for `--help`, or says what the command does not know, the
 * help is told and the process ends: with 0, or with 2.
 */
export function readCommandLine<Read>(help: string, read: () => Read): Read {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${help}\n`);
    process.exit();
  }
  try {
    return read();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${help}\n`);
    process.exit(2);
  }
}
