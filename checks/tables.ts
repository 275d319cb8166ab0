/** The tables of the docs that are written by the code they describe. */
import { basename } from 'node:path';
import { CLOSINGS, DownFrameSchema, ERRORS, RoomEventSchema, UpFrameSchema } from '@rill/protocol';
import { settingsTable } from '../packages/server/src/settings.ts';
import { files } from './files.ts';
import { held } from './promised.ts';
import { describe } from './openapi.ts';

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

/** The members of a union, by the field that tells them apart: every field, those that may be missing with a question mark. */
const members = (union: object, by: 'type' | 'kind') =>
  table(
    [by, 'fields'],
    // A schema is JSON, of this shape where it is a union.
    ((JSON.parse(JSON.stringify(union)) as Shape).anyOf ?? []).map((frame) => [
      `\`${String(frame.properties?.[by]?.const)}\``,
      Object.keys(frame.properties ?? {})
        .filter((name) => name !== by)
        .map((name) => `\`${name}${frame.required?.includes(name) ? '' : '?'}\``)
        .join(' '),
    ]),
  );

/** The Redis functions by their headers: the first sentence, and the words a reply may begin with. */
const functions = () =>
  table(
    ['function', 'does', 'reply'],
    files(/^packages\/server\/src\/store\/functions\/[^_].*\.lua$/)
      .map(({ path, text }) => {
        const header = text.split('\n').flatMap((line) => (line.startsWith('-- ') ? [line.slice(3)] : []));
        const reply = header.find((line) => /^Reply:? /.test(line))?.replace(/^Reply:? +/, '') ?? '';
        return [`\`${basename(path, '.lua')}\``, header[0] ?? '', reply && `\`${reply}\``];
      })
      .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );

/** Where each promise is held. */
const promises = () =>
  table(
    ['promise', 'tests that say its number'],
    [...held()]
      .toSorted(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)))
      .map(([number, { files: where }]) => [
        number,
        [...where]
          .toSorted()
          .map(
            (file) => `[${file.replace('packages/', '').replace('/test/', ' ').replace('.test.ts', '')}](../${file})`,
          )
          .join(', '),
      ]),
  );

/** The calls of the REST API, as its description has them. */
const rest = async () => {
  const { paths } = await describe();
  const fields = (names: readonly { name: string; required: boolean }[]) =>
    names.map(({ name, required }) => `\`${name}${required ? '' : '?'}\``).join(' ');
  return table(
    ['call', 'does', 'query or body', 'answers'],
    Object.entries(paths).flatMap(([path, calls]) =>
      Object.entries(calls).map(([method, { summary, parameters = [], requestBody, responses }]) => {
        const body = Object.values(requestBody?.content ?? {})[0]?.schema;
        const names = [
          ...parameters.filter((each) => each.in === 'query').map(({ name, required = false }) => ({ name, required })),
          ...Object.keys(body?.properties ?? {}).map((name) => ({
            name,
            required: body?.required?.includes(name) ?? false,
          })),
        ];
        const done = Object.keys(responses).filter((status) => status < '400');
        return [
          `\`${method.toUpperCase()} ${path.replace('/api/v1', '')}\``,
          summary ?? '',
          fields(names),
          done.join(', '),
        ];
      }),
    ),
  );
};

export const TABLES: Record<string, () => string | Promise<string>> = {
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
  rest,
  'frames-up': () => members(UpFrameSchema, 'type'),
  'frames-down': () => members(DownFrameSchema, 'type'),
  events: () => members(RoomEventSchema, 'kind'),
  functions,
  promises,
  settings: settingsTable,
};
