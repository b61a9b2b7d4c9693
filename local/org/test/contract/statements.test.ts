import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** Sections of the page that still have lines without a test. */
const unfinished: readonly string[] = [];

const here = fileURLToPath(new URL('.', import.meta.url));
const page = fileURLToPath(new URL('../../../../docs/local-org.md', import.meta.url));

interface Line {
  readonly section: string;
  readonly text: string;
}

function linesOf(markdown: string): readonly Line[] {
  let section = '';
  const lines: Line[] = [];
  for (const line of markdown.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3);
    if (line.startsWith('- ')) lines.push({ section, text: line.slice(2).trim() });
  }
  return lines;
}

const isStatement = (callee: ts.Expression): boolean =>
  ts.isIdentifier(callee)
    ? callee.text === 'statement'
    : ts.isPropertyAccessExpression(callee) && isStatement(callee.expression);

/** The names of the tests in a source text; a name that is put together cannot be compared. */
function namesIn(source: string, file: string): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isStatement(node.expression)) {
      const [name] = node.arguments;
      if (!name || !ts.isStringLiteralLike(name)) {
        throw new Error(`${file}: the text of a statement must be a literal: ${node.getText()}`);
      }
      names.push(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return names;
}

const twice = (texts: readonly string[]): readonly string[] =>
  texts.filter((text, at) => texts.indexOf(text) !== at);

const lines = linesOf(readFileSync(page, 'utf8'));
const names = globSync('**/*.test.ts', { cwd: here }).flatMap((file) =>
  namesIn(readFileSync(`${here}/${file}`, 'utf8'), file),
);

it('every line of docs/local-org.md has one test, and every test its line', () => {
  const tested = new Set(names);
  const texts = new Set(lines.map(({ text }) => text));
  expect({
    linesWithoutTest: lines
      .filter(({ section, text }) => !unfinished.includes(section) && !tested.has(text))
      .map(({ text }) => text),
    testsWithoutLine: names.filter((name) => !texts.has(name)),
    linesThatStandTwice: twice(lines.map(({ text }) => text)),
    statementsWithTwoTests: twice(names),
  }).toEqual({
    linesWithoutTest: [],
    testsWithoutLine: [],
    linesThatStandTwice: [],
    statementsWithTwoTests: [],
  });
});

it('sections that are said to be unfinished are on the page', () => {
  const sections = new Set(lines.map(({ section }) => section));
  expect(unfinished.filter((one) => !sections.has(one))).toEqual([]);
});
