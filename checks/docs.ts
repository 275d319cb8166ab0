/**
 * The docs: every relative link and anchor leads somewhere, and every table that code can write is as the code would
 * write it now. With --write the tables are written.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { conclude, files } from './files.ts';
import { TABLES } from './tables.ts';

const write = process.argv.includes('--write');
const pages = files(/\.md$/).filter(({ path }) => !path.startsWith('packages/'));
const complaints: string[] = [];

const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchors = new Map(
  pages.map(({ path, text }) => [
    path,
    new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading ?? ''))),
  ]),
);

let links = 0;
for (const { path, text } of pages) {
  const prose = text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
  for (const [, target = ''] of prose.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)) {
    if (/^(https?:|mailto:)/.test(target) || target === '') continue;
    links += 1;
    const [file = '', anchor] = target.split('#');
    const at = file === '' ? path : normalize(join(dirname(path), file));
    if (!existsSync(at)) complaints.push(`${path}: ${target} is not there`);
    else if (anchor !== undefined && !anchors.get(at)?.has(anchor))
      complaints.push(`${path}: ${target} has no such heading`);
  }
}

const MARKED = /(<!-- table: ([\w-]+) -->\n)(.*?)(<!-- end -->)/gs;
const used = new Set<string>();
for (const { path, text } of pages) {
  let now = text;
  for (const [whole, open = '', name = '', , end = ''] of text.matchAll(MARKED)) {
    used.add(name);
    const make = TABLES[name];
    if (make === undefined) complaints.push(`${path}: nothing writes the table ${name}`);
    else {
      const made = await make();
      now = now.replace(whole, () => `${open}\n${made}\n\n${end}`);
    }
  }
  if (now === text) continue;
  if (write) writeFileSync(path, now);
  else complaints.push(`${path}: its tables are behind the code; write them with npm run docs`);
}
for (const name of Object.keys(TABLES)) if (!used.has(name)) complaints.push(`the table ${name} stands in no page`);
if (links < 10) complaints.push(`only ${links} links were read`);

conclude(complaints, `${pages.length} pages, ${links} links, ${used.size} tables: the docs are as the code is.`);
