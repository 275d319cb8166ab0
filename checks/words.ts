/**
 * The words of docs/glossary.md, and nothing but the project: no second word for a thing, no drawer called utils, no path
 * of somebody's machine, no note to oneself.
 */
import { conclude, files } from './files.ts';

const NEVER: { pattern: RegExp; instead: string }[] = [
  { pattern: /\bparticipants?\b/i, instead: 'member' },
  { pattern: /\bpackets?\b/i, instead: 'frame' },
  { pattern: /\b(soft|hard)[- _]?delete/i, instead: 'recall, hide, remove' },
  { pattern: /\b(?!LockManager)\w*(Manager|Helpers?|Utils?)\b/, instead: 'the name of what it does' },
  { pattern: /\b(TODO|FIXME|XXX|HACK)\b/, instead: 'doing it, or an issue' },
  { pattern: /(?<![\w.])\/(work|home|root|Users)\/\w/, instead: 'a path inside the project' },
];
const DRAWERS = /(^|\/)(utils?|helpers?|managers?|services?|common|misc)([./]|$)/;

const sources = files(/^(packages|checks|docs|deploy|bin)\/.*\.(tsx?|lua|css|html|md|sh|json)$|^[A-Z].*\.md$/).filter(
  // Other engines have words of their own.
  ({ path }) => path !== 'checks/words.ts' && !/^packages\/bench\/(results|src\/peers)\//.test(path),
);
const complaints = sources.flatMap(({ path, text }) => [
  ...(DRAWERS.test(path) && path.startsWith('packages/') ? [`${path}: a file has the name of what it is about`] : []),
  ...text
    .split('\n')
    .flatMap((line, at) =>
      NEVER.filter(({ pattern }) => pattern.test(line)).map(
        ({ pattern, instead }) => `${path}:${at + 1}: ${pattern.exec(line)?.[0]} — say: ${instead}`,
      ),
    ),
]);
if (sources.length < 30) complaints.push(`only ${sources.length} files were read`);
conclude(complaints, `${sources.length} files: the words are the glossary's.`);
