/** The tables of the docs that are written by the code they describe. */
import { CLOSINGS, DownFrameSchema, ERRORS, LIMITS, UpFrameSchema } from '@rill/protocol';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
const yes = (it: boolean) => (it ? 'yes' : 'no');

interface Shape {
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly const?: unknown;
}

/** The frames of one direction: every field, those that may be missing with a question mark. */
const frames = (union: Shape) =>
  table(
    ['type', 'fields'],
    (union.anyOf ?? []).map((frame) => [
      `\`${String(frame.properties?.type?.const)}\``,
      Object.keys(frame.properties ?? {})
        .filter((name) => name !== 'type')
        .map((name) => `\`${name}${frame.required?.includes(name) ? '' : '?'}\``)
        .join(' '),
    ]),
  );

export const settingName = (limit: string) => `LIMIT_${limit.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

export const TABLES: Record<string, () => string> = {
  errors: () =>
    table(
      ['code', 'status', 'try again', 'means', '中文'],
      Object.entries(ERRORS)
        .toSorted(([, a], [, b]) => a.status - b.status)
        .map(([code, { status, retry, en, zh }]) => [`\`${code}\``, String(status), yes(retry), en, zh]),
    ),
  closings: () =>
    table(
      ['code', 'name', 'come back', 'because'],
      Object.entries(CLOSINGS).map(([name, { code, reconnect, reason }]) => [
        String(code),
        `\`${name}\``,
        yes(reconnect),
        reason,
      ]),
    ),
  'frames-up': () => frames(UpFrameSchema),
  'frames-down': () => frames(DownFrameSchema),
  limits: () =>
    table(
      ['setting', 'default'],
      Object.entries(LIMITS).map(([name, value]) => [`\`${settingName(name)}\``, value.toLocaleString('en')]),
    ),
};
