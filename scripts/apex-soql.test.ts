import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deployFiles, failuresOf } from '../local/org/metadata/test/packages.ts';
import { orgForProject, packageOf, projectSource } from '../local/org/metadata/test/project.ts';
import { compile } from '../local/org/soql/compile.ts';
import { queriesOf } from './lib/checks/apex-soql.ts';
import { root } from './lib/sf.ts';

const org = orgForProject();
const failures = failuresOf(deployFiles(org, packageOf(projectSource())));

/** What the org says of the queries of a class; nothing for those that it takes. */
function problemsOf(source: string): readonly string[] {
  return queriesOf(source).flatMap(({ line, soql }) => {
    try {
      compile(org, soql, false);
      return [];
    } catch (error) {
      return [`line ${line}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}

const classWith = (...lines: readonly string[]): string =>
  `public class A {\n  void f(Set<Id> ids, String name, Integer most) {\n${lines.join('\n')}\n  }\n}`;

describe('the queries of the Apex classes', () => {
  const classes = globSync('force-app/**/*.cls', { cwd: root }).map((path) => ({
    name: basename(path),
    source: readFileSync(join(root, path), 'utf8'),
  }));

  it.each(classes)('$name: the org takes them', ({ source }) => {
    expect(failures).toEqual([]);
    expect(problemsOf(source)).toEqual([]);
  });

  it('are found', () => {
    const found = classes.flatMap(({ source }) => queriesOf(source).map(({ soql }) => soql));
    const brackets = classes.flatMap(({ source }) => source.match(/\[\s*SELECT\b/gi) ?? []);
    expect(found.map((soql) => soql.replaceAll(/\s+/g, ' '))).toContain(
      'SELECT Body FROM StaticResource WHERE Name = null AND NamespacePrefix = NULL',
    );
    expect(found).toHaveLength(brackets.length);
  });

  it('are refused where they name what is not there', () => {
    const test = classes.find(({ name }) => name === 'WooGatewayCases.cls')?.source ?? '';
    const edited = test.replace('SELECT Body', 'SELECT Boddy');
    expect(problemsOf(edited)).toEqual([
      expect.stringMatching(/^line \d+: [^]*No such column 'Boddy' on entity 'StaticResource'/),
    ]);
    expect(
      problemsOf(
        classWith(
          'List<SObject> a = [SELECT Id, Totl__c FROM Woo_Order__c];',
          'List<SObject> b = [SELECT Id, (SELECT Id FROM Refundz__r) FROM Woo_Order__c];',
          'List<SObject> c = [SELECT Id FROM Woo_Oder__c WHERE Name = :name];',
        ),
      ),
    ).toEqual([
      expect.stringMatching(/^line 3: [^]*Totl__c/),
      expect.stringMatching(/^line 4: [^]*Refundz__r/),
      expect.stringMatching(/^line 5: [^]*Woo_Oder__c/),
    ]);
  });

  it('take values of the class in every place', () => {
    const source = classWith(
      'List<SObject> a = [SELECT Id FROM Woo_Order__c WHERE Contact__c IN :ids AND Name LIKE :name',
      '  AND (Total__c = :most OR Paid_In_Woo__c = :System.now().addDays(-1)) LIMIT :most OFFSET :most];',
      'for (Contact c : [SELECT Id FROM Contact WHERE Woo_Key__c = :(name + most) AND Id NOT IN :ids]) { f(null, null, 1); }',
    );
    expect(queriesOf(source)).toHaveLength(2);
    expect(problemsOf(source)).toEqual([]);
  });
});
