import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { CHANGE_RESOURCES, isTyped } from '../sidecar/src/mapping/model/resources.ts';

/* What must stand in one place: whoever changes it changes it everywhere. */

const source = join(import.meta.dirname, '../sidecar/src');

/** Files of the sidecar in which the text stands, by their paths below `sidecar/src`. */
function filesWith(text: RegExp, below = ''): readonly string[] {
  const files = globSync(`${below}**/*.ts`, { cwd: source });
  expect(files.length).toBeGreaterThan(10);
  return files.filter((file) => text.test(readFileSync(join(source, file), 'utf8'))).sort();
}

describe('how calls are repeated stands once for each adapter', () => {
  it.each([
    ['woo/', 'woo/retry-policy.ts'],
    ['salesforce/', 'salesforce/rest/retry-policy.ts'],
  ])('%s', (adapter, policy) => {
    // A list of HTTP statuses that pass by themselves.
    expect(filesWith(/\b50[234],\s*50[234]\b/, adapter)).toEqual([policy]);
    expect(filesWith(/\bfirstWaitMs: \d/, adapter)).toEqual([policy]);
  });
});

/** The names that a list, a union of types or the members of an object hold; spread objects count as theirs. */
function namesIn(node: ts.Node): readonly string[] {
  if (ts.isArrayLiteralExpression(node))
    return node.elements.flatMap((one) => (ts.isStringLiteralLike(one) ? [one.text] : []));
  if (ts.isUnionTypeNode(node))
    return node.types.flatMap((type) =>
      ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [],
    );
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((member) => {
    if (ts.isSpreadAssignment(member)) return namesIn(member.expression);
    return ts.isIdentifier(member.name) ? [member.name.text] : [];
  });
}

/** Those of the shop itself: a list of them is a list of all. */
const OF_SHOPS = CHANGE_RESOURCES.filter((resource) => !isTyped(resource));

/** Whether there is a list or a table of all resources that change events are about. */
function listsResources(text: string): boolean {
  const visit = (node: ts.Node): boolean => {
    const names = namesIn(node);
    return (
      OF_SHOPS.every((resource) => names.includes(resource)) ||
      ts.forEachChild(node, visit) === true
    );
  };
  return visit(ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest));
}

/** What people may name in commands: a variation too, and no items. */
const SUBJECTS = ['diagnostics/explain/subject.ts'];

/** Words of each resource's attributes; their types ask for every resource. */
const ATTRIBUTES = [
  'diagnostics/check/known-words.ts',
  'mapping/attributes/attribute-path.ts',
  'mapping/attributes/derived-attributes.ts',
  'mapping/attributes/few-values.ts',
  'mapping/attributes/known-attributes.ts',
  'mapping/attributes/referenced-resource.ts',
  'mapping/fields/fields-read.ts',
  'mapping/model/attribute-kinds.ts',
];

describe('what belongs to a resource', () => {
  it('stands in one table', () => {
    const files = globSync('**/*.ts', { cwd: source }).filter((file) =>
      listsResources(readFileSync(join(source, file), 'utf8')),
    );
    expect(files.sort()).toEqual(['mapping/model/resources.ts', ...SUBJECTS, ...ATTRIBUTES].sort());
  });

  it.each([
    `const LISTS = { order: ['orders'], product: ['products'], customer: [] };`,
    `const LISTS = { ...{ order: 'orders', product: 'products' }, customer: 'customers' };`,
    `for (const one of ['product', 'customer', 'order'] as const) found(one);`,
    `type Kind = 'order' | 'product' | 'customer';`,
  ])('is found where it stands twice: %s', (text) => {
    expect(listsResources(`function f() {\n  ${text}\n}`)).toBe(true);
    expect(listsResources(text.replace('customer', 'other'))).toBe(false);
  });
});
