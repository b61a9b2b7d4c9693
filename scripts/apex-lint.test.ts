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
  it('parse, and have no problem', () => {
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
    '(orders|products)/[0-9]{1,18}',
    'refunds(/[0-9]+)?',
    '%(?![0-9A-Fa-f]{2})',
    '(ab)*',
    '[(a|b)]*',
    String.raw`\(a|b\)*`,
    '(a|b){1,3}',
    '[A-Za-z]\\w{0,79}',
    '',
    '(unclosed|*',
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

  it.each([
    "RestContext.request.headers.get('woo-status')",
    "RestContext.request.headers.get('Woo-Status')",
    "RestContext.request.headers.containsKey('Woo-Status')",
    "asked.headers.get('Woo-Status')",
    "all.get('Woo-Status')",
    "answer.headers.get('woo-status')",
    'answer.headers.get(name)',
    "this.answer().headers.get('Other')",
  ])('of requests and of others are refused too: %s', (read) => {
    const found = problemsOf(
      'void f(Answer answer, RestRequest asked, String name) {',
      "  answer.headers.put('Woo-Status', '200');",
      '  Map<String, String> all = asked.headers;',
      `  Object a = ${read};`,
      '}',
    );
    expect(found).toEqual([expect.stringMatching(/^A\.cls:5:\d+: headers\.\w+ finds a header/)]);
  });

  it('that our own classes put are read by the same name, and those that were sent by theirs', () => {
    writeFileSync(
      join(folder, 'B.cls'),
      "class B { void f() { answer.headers.put('Woo-Status', '200'); } }",
    );
    expect(
      problemsOf(
        'void f(RestRequest asked) {',
        "  String a = answer.headers.get('Woo-Status');",
        '  for (String name : asked.headers.keySet()) { a = asked.headers.get(NAME); }',
        '}',
      ),
    ).toEqual([]);
  });
});

describe('names that mean something already, whatever their case', () => {
  it('are refused as the compiler does: twice in a block, in blocks around it, and as fields', () => {
    const found = problemsOf(
      "static final String META = 'x';",
      'Integer meta;',
      'void f(Integer one, List<String> rows) {',
      '  if (one > 1) { Integer ONE = 2; }',
      '  for (String row : rows) { Integer Row = 1; }',
      '  for (Integer i = 0, I = 1; i < 2; i++) {}',
      '  try { f(1, rows); } catch (Exception Rows) {}',
      '}',
    );
    expect(found).toEqual([
      'A.cls:3:9: Duplicate field: meta',
      'A.cls:5:26: Duplicate variable: ONE',
      'A.cls:6:37: Duplicate variable: Row',
      'A.cls:7:23: Duplicate variable: I',
      'A.cls:8:40: Duplicate variable: Rows',
    ]);
  });

  it('are refused where they hide a field that is spelt otherwise, also of the class around', () => {
    const found = problemsOf(
      "static final String META = 'x';",
      'void f(List<Object> rows) { for (Object meta : rows) {} }',
      'class Part { Integer count; void g(Integer Count) { String Meta; } }',
    );
    expect(found).toEqual([
      expect.stringMatching(/^A\.cls:3:41: meta hides the field META/),
      expect.stringMatching(/^A\.cls:4:44: Count hides the field count/),
      expect.stringMatching(/^A\.cls:4:60: Meta hides the field META/),
    ]);
  });

  it('may be used again in other blocks and methods, and as the name of a field that is meant', () => {
    expect(
      problemsOf(
        'Integer size;',
        'A(Integer size) { this.size = size; }',
        'void f(List<String> rows) {',
        '  for (String row : rows) {}',
        '  for (String row : rows) { Integer n = 1; }',
        '  if (rows == null) { Integer n = 2; } else { Integer n = 3; }',
        '  Integer n = 4;',
        '}',
        'void g(List<String> rows) { switch on rows[0] { when null { Integer n; } when else { Integer n; } } }',
        'Integer length { get { Integer n = 1; return n; } set { Integer n = value; } }',
        'class Part { Integer size; }',
      ),
    ).toEqual([]);
  });
});
