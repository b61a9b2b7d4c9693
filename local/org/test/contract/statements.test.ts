import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const page = fileURLToPath(new URL('../../../../docs/local-org.md', import.meta.url));

/** The lines of a page that begin with a dash, without it. */
const linesOf = (markdown: string): readonly string[] =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2).trim());

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
  const texts = new Set(lines);
  expect({
    linesWithoutTest: lines.filter((text) => !tested.has(text)),
    testsWithoutLine: names.filter((name) => !texts.has(name)),
    linesThatStandTwice: twice(lines),
    statementsWithTwoTests: twice(names),
  }).toEqual({
    linesWithoutTest: [],
    testsWithoutLine: [],
    linesThatStandTwice: [],
    statementsWithTwoTests: [],
  });
});
