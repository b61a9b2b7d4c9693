import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ATTRIBUTES,
  IMAGE_ATTRIBUTES,
  resolveAlias,
} from '../../sidecar/src/mapping/attributes/known-attributes.ts';
import type { Resource } from '../../sidecar/src/mapping/model/record.ts';
import { REVERSIBLE } from '../../sidecar/src/mapping/values/transforms.ts';
import {
  fieldMappings,
  fieldOf,
  fieldsOf,
  fullName,
  home,
  picklist,
  project,
  records,
  recordsOf,
  value,
  type Entry,
} from './project-metadata.ts';

/* The default records agree with the fields and with the code that reads them. */

const mappings = recordsOf('Woo_Mapping__mdt');
const conditions = recordsOf('Woo_Condition__mdt');
const mappingOf = (record: Entry): Entry | undefined =>
  mappings.find(({ name }) => name === value(record, 'Mapping__c'));
const resourceOf = (record: Entry): Resource =>
  value(mappingOf(record), 'Woo_Resource__c') as Resource;

describe('default records', () => {
  it('have names and labels that Salesforce takes', () => {
    const odd = records.filter(
      ({ name, label }) =>
        !/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(name) || name.length > 40 || label.length > 40,
    );
    expect(odd.map(({ name }) => name)).toEqual([]);
  });

  it.each(records.map((one) => [`${one.type} ${one.name}`, one] as const))(
    '%s fits its type',
    (_, record) => {
      const known = fieldsOf(record.type);
      const required = known.filter(({ alwaysVisible }) => alwaysVisible).map(({ name }) => name);
      expect(known.map(({ name }) => name)).toEqual(
        expect.arrayContaining([...record.values.keys()]),
      );
      expect([...record.values.keys()]).toEqual(expect.arrayContaining(required));
      for (const field of known.filter(({ type }) => type === 'Picklist')) {
        if (record.values.has(field.name)) {
          expect(picklist(field)).toContain(value(record, field.name));
        }
      }
    },
  );

  it.each(mappings.map((one) => [one.name, one] as const))('%s maps fields', (name, mapping) => {
    const rows = fieldMappings.filter((row) => value(row, 'Mapping__c') === name);
    expect(rows).not.toEqual([]);
    const object = value(mapping, 'Salesforce_Object__c');
    for (const row of rows) expect(value(row, 'Salesforce_Object__c')).toBe(object);
    const own = rows
      .map((row) => value(row, 'Salesforce_Field__c'))
      .concat(value(mapping, 'External_Id_Field__c'), value(mapping, 'Delete_Field__c'))
      .filter((field) => field.endsWith('__c'));
    for (const field of own) expect(fieldOf(object, field)).toBeDefined();
  });

  it.each(mappings.map((one) => [one.name, one] as const))(
    '%s has its conditions',
    (name, mapping) => {
      const positions = conditions
        .filter((one) => value(one, 'Mapping__c') === name)
        .map((one) => Number(value(one, 'Position__c')));
      const logic = value(mapping, 'Condition_Logic__c').match(/\d+/g)?.map(Number);
      expect(positions.toSorted()).toEqual(logic ?? positions.map((_, index) => index + 1));
    },
  );

  it.each([...fieldMappings, ...conditions].map((one) => [one.name, one] as const))(
    '%s names an attribute of its resource',
    (_, row) => {
      const attribute = value(row, 'Woo_Attribute__c');
      if (value(row, 'Kind__c') === 'static') {
        expect(value(row, 'Static_Value__c')).not.toBe('');
      } else if (!IMAGE_ATTRIBUTES.has(attribute)) {
        const [first = ''] = resolveAlias(resourceOf(row), attribute).split('.');
        expect([...ATTRIBUTES[resourceOf(row)]]).toContain(first);
      }
    },
  );

  it('lose nothing of a field that goes both ways', () => {
    const lossy = fieldMappings
      .filter((row) => value(row, 'Direction__c') === 'both')
      .filter(
        (row) =>
          value(row, 'Overflow__c') === 'truncate' || !REVERSIBLE.has(value(row, 'Transform__c')),
      );
    expect(lossy.map(({ name }) => name)).toEqual([]);
  });

  it('map every own field that comes from the shop', () => {
    const mapped = new Set(fieldMappings.map((row) => value(row, 'Salesforce_Field__c')));
    const written = ['Woo_Key__c', 'Woo_Sync_State__c'];
    const left = ['Woo_Order__c', 'Woo_Order_Item__c', 'Woo_Refund__c', 'Product2']
      .flatMap(fieldsOf)
      .filter(({ body }) => body['formula'] === undefined)
      .filter(({ name }) => !mapped.has(name) && !written.includes(name));
    expect(left.map(fullName)).toEqual([]);
  });
});

it('mappings can be deployed without the address of the shop', () => {
  const folder = 'config/org/main/default/customMetadata';
  const wanted = project.replacements.map(({ filename = '', glob = '' }) => filename || glob);
  expect(wanted.filter((path) => path.startsWith(folder))).toEqual([]);
  expect(globSync(`${folder}/Woo_Mapping.*.md-meta.xml`, { cwd: home })).not.toEqual([]);
});

it('the address of the shop is filled in when the configuration is deployed', () => {
  const [replacement] = project.replacements;
  expect(replacement?.replaceWithEnv).toBe('WOO_STORE_URL');
  const store = readFileSync(join(home, replacement?.filename ?? ''), 'utf8');
  expect(store).toContain(`>${replacement?.stringToReplace ?? '?'}<`);
});
