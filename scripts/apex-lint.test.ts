import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lintApex } from './lib/checks/apex-lint.ts';
import { repeatedGroup } from './lib/checks/apex-patterns.ts';
import { root } from './lib/sf.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-apex-lint-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What is said of a class with such a body. */
function problemsOf(...lines: readonly string[]): readonly string[] {
  writeFileSync(join(folder, 'A.cls'), `public class A {\n${lines.join('\n')}\n}\n`);
  return lintApex(folder);
}

describe('the Apex classes of the project', () => {
  it('parse, have no reserved names and no pattern that recurses', () => {
    expect(lintApex(join(root, 'force-app'))).toEqual([]);
  });

  it('are refused with file, line and column where a method is called limit again', () => {
    cpSync(join(root, 'force-app/main/default/classes'), folder, { recursive: true });
    const path = join(folder, 'WooGatewayPaths.cls');
    const source = readFileSync(path, 'utf8');
    writeFileSync(path, source.replaceAll('Boolean allows(', 'Boolean limit('));
    const line = source.split('\n').findIndex((text) => text.includes('Boolean allows(')) + 1;
    expect(lintApex(folder)[0]).toBe(`WooGatewayPaths.cls:${line}:27: Unexpected token 'limit'.`);
  });
});

describe('names that the compiler refuses', () => {
  it('are found wherever something is declared, whatever their case', () => {
    const found = problemsOf(
      'Integer group;',
      'String Number { get; set; }',
      'void f(String object, List<String> rows) {',
      '  for (String hint : rows) {}',
      '  try { f(null, null); } catch (Exception end) {}',
      '}',
      'class Inner { Date join = null, outer = null; }',
    );
    expect(found).toEqual([
      'A.cls:2:9: Identifier name is reserved: group',
      'A.cls:3:8: Identifier name is reserved: Number',
      'A.cls:4:15: Identifier name is reserved: object',
      'A.cls:5:15: Identifier name is reserved: hint',
      'A.cls:6:43: Identifier name is reserved: end',
      'A.cls:8:7: Identifier name is reserved: Inner',
      'A.cls:8:20: Identifier name is reserved: join',
      'A.cls:8:33: Identifier name is reserved: outer',
    ]);
  });

  it('may name methods, and be part of longer names', () => {
    expect(problemsOf('void group() { Integer groups = 1; }', 'Object sort(Date day) {}')).toEqual(
      [],
    );
  });

  it('do not parse at all where the grammar has them', () => {
    const found = problemsOf('void f() { Integer limit = 1; }');
    expect(found[0]).toBe("A.cls:2:20: Expecting ';' but was: 'limit'");
  });
});

describe('regular expressions that recurse', () => {
  it('are refused where they are written, joined texts as one', () => {
    const found = problemsOf(
      "Boolean f(String s) { return Pattern.matches('([^%]|%[0-9A-Fa-f]{2})*', s); }",
      "static final String ITEM = '(a|b)';",
      "String g(String s) { return s.replaceAll('x(' + ITEM + '|c){2,}' + ITEM, ''); }",
    );
    expect(found).toEqual([
      expect.stringMatching(/^A\.cls:2:46: .*\(\[\^%\]\|%\[0-9A-Fa-f\]\{2\}\)\*/),
      expect.stringMatching(/^A\.cls:4:42: .*\(x\|c\)\{/),
    ]);
  });

  it.each([
    ['(a|b)*', '(a|b)*'],
    ['(?:a|b)+', '(?:a|b)+'],
    ['^((a|b)c)*+$', '((a|b)c)*'],
    ['(a+b)*', '(a+b)*'],
    ['(a|b){1,200}', '(a|b){'],
    ['([|)]|b)*', '([|)]|b)*'],
  ])('%s', (pattern, group) => {
    expect(repeatedGroup(pattern)).toBe(group);
  });

  it.each([
    ...['(orders|products)/[0-9]{1,18}', 'refunds(/[0-9]+)?', '%(?![0-9A-Fa-f]{2})', '(ab)*'],
    ...['[(a|b)]*', String.raw`\(a|b\)*`, '(a|b){1,3}', '[A-Za-z]\\w{0,79}', '', '(unclosed|*'],
  ])('not %s', (pattern) => {
    expect(repeatedGroup(pattern)).toBe(null);
  });
});

describe('headers of answers', () => {
  it('are refused where they are read by a name of the class', () => {
    const found = problemsOf(
      'String f(HttpResponse response, String name) {',
      "  String type = response.getHeader('Content-Type');",
      '  return type + response.getHeader(name);',
      '}',
    );
    expect(found).toEqual([
      expect.stringMatching(/^A\.cls:3:26: getHeader finds a header by its case only/),
      expect.stringMatching(/^A\.cls:4:26: /),
    ]);
  });

  it('may be read by the names that were sent', () => {
    expect(
      problemsOf(
        'void f(HttpResponse response) {',
        '  for (String name : response.getHeaderKeys()) { String a = response.getHeader(name); }',
        '}',
      ),
    ).toEqual([]);
  });
});
