import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

const SOURCE = join(import.meta.dirname, '../src');
/** What people read or hear of an element or component. */
const READ = new Set([
  'title',
  'placeholder',
  'alt',
  'label',
  'aria-label',
  'aria-description',
  'hint',
  'children',
  'lead',
  'says',
]);
const WORD = /\p{L}{2,}/u;

/** The page of components is for developers. */
const isForPeople = (path: string) => !path.endsWith('app/gallery.tsx');

interface Found {
  readonly where: string;
  readonly text: string;
}

function hardCoded(path: string, source: string): Found[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: Found[] = [];
  const complain = (node: ts.Node, text: string) => {
    if (!WORD.test(text)) return;
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.push({ where: `${path}:${line + 1}`, text: text.trim() });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) complain(node, node.text);
    if (ts.isJsxExpression(node) && node.expression !== undefined && ts.isJsxElement(node.parent)) {
      if (ts.isStringLiteralLike(node.expression)) complain(node, node.expression.text);
    }
    if (ts.isJsxAttribute(node) && READ.has(node.name.getText())) {
      const { initializer } = node;
      const value = initializer !== undefined && ts.isJsxExpression(initializer) ? initializer.expression : initializer;
      if (value !== undefined && ts.isStringLiteralLike(value)) complain(node, value.text);
      if (value !== undefined && ts.isTemplateExpression(value)) complain(node, value.head.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

test('no text of the face is written anywhere but in the words', async () => {
  const found: Found[] = [];
  let files = 0;
  for await (const name of glob('**/*.tsx', { cwd: SOURCE })) {
    if (!isForPeople(name)) continue;
    files += 1;
    found.push(...hardCoded(name, await readFile(join(SOURCE, name), 'utf8')));
  }
  assert.ok(files > 40, `only ${files} files were read`);
  assert.deepEqual(found, []);
});

test('the check sees a text that is written in a component', () => {
  const seen = hardCoded(
    'x.tsx',
    'export const X = () => <p title="Some words">Read me {"and me"}<b aria-label={`Hear me`} /></p>;',
  );
  assert.deepEqual(seen.map((each) => each.text).toSorted(), ['Hear me', 'Read me', 'Some words', 'and me']);
});

test('no colour and no size is written anywhere but in the tokens', async () => {
  const found: string[] = [];
  let files = 0;
  for await (const name of glob('**/*.css', { cwd: SOURCE })) {
    files += 1;
    if (name.endsWith('tokens.css')) continue;
    const lines = (await readFile(join(SOURCE, name), 'utf8')).replaceAll(/\/\*[\s\S]*?\*\//g, '').split('\n');
    lines.forEach((line, at) => {
      // The one pixel of what only screen readers see, and where the columns change, cannot be tokens.
      if (/@media|@container|\b1px\b/.test(line)) return;
      if (/#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(|\b\d*\.?\d+(px|rem|pt)\b/i.test(line))
        found.push(`${name}:${at + 1} ${line.trim()}`);
    });
  }
  assert.ok(files > 30, `only ${files} files were read`);
  assert.deepEqual(found, []);
});
