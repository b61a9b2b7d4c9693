import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { root } from '../../lib/sf.ts';
import type { MappingAnswers } from '../answers/questions.ts';
import { editsOfProject } from './project-copy.ts';
import { withValues } from './record-file.ts';

const DEFAULTS: MappingAnswers = { orders: 'completed', customers: 'accounts', since: null };
const RECORDS = 'config/org/main/default/customMetadata';

const editsWith = (over: Partial<MappingAnswers>) => editsOfProject({ ...DEFAULTS, ...over }, {});

/** Label and values of the file of a record, as far as they are set. */
function valuesOf(xml: string): Record<string, string> {
  const values = [...xml.matchAll(/<field>(\w+)<\/field>\s*<value [^>]*[^/]>([^<]*)</g)];
  const [, label = ''] = /<label>([^<]*)</.exec(xml) ?? [];
  const entries = values.map(([, field = '', value = '']) => [field, value] as const);
  return { label, ...(Object.fromEntries(entries) as Record<string, string>) };
}

const edited = (edits: ReturnType<typeof editsWith>, name: string) => {
  const text = edits.get(`${RECORDS}/${name}.md-meta.xml`);
  if (typeof text !== 'string') throw new Error(`${name} is not edited`);
  return valuesOf(text);
};

describe('the configuration', () => {
  it('is as it is shipped for the defaults, and where the org keeps its own', () => {
    expect(editsWith({}).size).toBe(0);
    expect(editsOfProject(null, {}).size).toBe(0);
  });

  it.each([
    ['processing', 'in', 'processing;completed'],
    ['every', 'not_equals', 'checkout-draft'],
  ] as const)('lets orders in: %s', (orders, operator, value) => {
    const edits = editsWith({ orders });
    expect([...edits.keys()]).toEqual([`${RECORDS}/Woo_Condition.Order_Completed.md-meta.xml`]);
    expect(edited(edits, 'Woo_Condition.Order_Completed')).toMatchObject({
      Mapping__c: 'Order',
      Woo_Attribute__c: 'status',
      Position__c: '1.0',
      Operator__c: operator,
      Value__c: value,
    });
  });

  it('has one more condition for a first day', () => {
    expect(edited(editsWith({ since: '2026-01-01' }), 'Woo_Condition.Order_Since')).toEqual({
      label: 'Ordered since 2026-01-01',
      Active__c: 'true',
      Mapping__c: 'Order',
      Position__c: '2.0',
      Woo_Attribute__c: 'date_created',
      Operator__c: 'at_least',
      Value__c: '2026-01-01',
    });
  });

  /** Names of the records that are switched off. */
  const off = (edits: ReturnType<typeof editsWith>) =>
    [...edits].flatMap(([path, text]) =>
      valuesOf(text)['Active__c'] === 'false' ? [basename(path, '.md-meta.xml')] : [],
    );

  it('makes no account of a contact, and looks none up', () => {
    const edits = editsWith({ customers: 'contacts' });
    const accounts = [
      'Woo_Field_Mapping.Customer_Contact_AccountId',
      'Woo_Field_Mapping.Order_Account',
    ];
    expect(off(edits)).toEqual(['Woo_Mapping.Customer_Account', ...accounts]);
    expect(edits.size).toBe(3);
    for (const name of accounts) expect(edited(edits, name)).toMatchObject({ Kind__c: 'lookup' });
  });

  it('makes persons by the recipe, and looks no contact up', () => {
    const edits = editsWith({ customers: 'persons' });
    const recipe = readdirSync(join(root, 'config/recipes/person-accounts/customMetadata'));
    for (const file of recipe) expect(edits.get(`${RECORDS}/${file}`)).toContain('<label>');
    expect(off(edits).toSorted()).toEqual([
      'Woo_Field_Mapping.Order_Contact',
      'Woo_Mapping.Customer_Account',
      'Woo_Mapping.Customer_Contact',
    ]);
    expect(edits.size).toBe(recipe.length + 1);
  });
});

describe('a file of a record', () => {
  const xml = '<label>A</label><values>\n<field>X__c</field>\n<value xsi:nil="true"/>\n</values>';

  it('takes a text that means something in XML', () => {
    expect(withValues(xml, { X__c: 'a&b<c>$1' }, 'B & C')).toBe(
      '<label>B &amp; C</label><values>\n<field>X__c</field>\n<value xsi:type="xsd:string">a&amp;b&lt;c&gt;$1</value>\n</values>',
    );
  });

  it('is refused where it lacks the field', () => {
    expect(() => withValues(xml, { Y__c: 1 })).toThrow('The record has no Y__c');
  });
});
