import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ApexException } from '../apex-rest.ts';
import { MetadataOperations } from '../metadata-operations.ts';
import { wooMappings } from '../woo-mappings.ts';
import { errorsOf } from '../woo-mappings/callback.ts';
import { changedSince } from '../woo-mappings/refusals.ts';
import { byKey, readRows, type Row } from '../woo-mappings/rows.ts';
import { undoOf } from '../woo-mappings/saves.ts';

const row = (name: string, values: Row['values'] = {}): Row => ({
  ...{ type: 'Woo_Condition__mdt', name, label: name, values },
});
const by = { id: '005', username: 'a@b.c', name: 'Ada', email: 'a@b.c' };

test('what would be too long for the record of a save cannot be undone', () => {
  const long = row('Long', { Value__c: 'x'.repeat(131_072) });
  expect(undoOf([row('Long')], byKey([long]))).toBe(null);
  expect(undoOf([row('LONG')], byKey([row('Long')]))).toBe(JSON.stringify([row('Long')]));
});

test('of what a failed deploy says as much is kept as its record holds', () => {
  const said = (count: number, problem: string) =>
    errorsOf({
      ...{ status: 'Failed', errorMessage: null },
      details: {
        componentFailures: Array.from({ length: count }, (_, at) => ({
          fullName: `Woo_Field_Mapping.${at}`,
          problem,
        })),
      },
    } as unknown as Parameters<typeof errorsOf>[0]);
  const many = said(400, '"'.repeat(600));
  expect(JSON.stringify(many).length).toBeLessThanOrEqual(131_072);
  expect(many.length).toBeGreaterThan(100);
  expect(said(300, 'No.')).toHaveLength(300);
});

test('blank values and the order of values make no row another', () => {
  const seen = row('A', { Value__c: 'x', Position__c: 1 });
  expect(
    changedSince([seen], [row('A', { Position__c: 1, Value__c: 'x', Other__c: null })]),
  ).toEqual([]);
  expect(changedSince([seen], [row('A', { Position__c: 1, Value__c: '1' })])).toEqual([
    'Woo_Condition__mdt.A',
  ]);
  expect(changedSince([seen], [{ ...seen, label: 'B' }, row('C')])).toEqual([
    ...['Woo_Condition__mdt.A', 'Woo_Condition__mdt.C'],
  ]);
});

test.each(['', '{}', '[1]', '[{"type":"Woo_Condition__mdt"}]'])('%j is no list of rows', (text) => {
  expect(() => readRows(text)).toThrow(ApexException);
});

test('a deploy with nothing in it, or one name twice, is refused at once', () => {
  const operations = new MetadataOperations({ enqueue: () => '0Af' });
  const one = { fullName: 'Woo_Condition.A', label: 'A', values: [] };
  const deploy = (...records: (typeof one)[]) =>
    operations.enqueueDeployment(records, by, () => undefined);
  expect(() => deploy()).toThrow('no components');
  expect(() => deploy(one, { ...one, fullName: 'Woo_Condition.a' })).toThrow('a name twice');
  expect(deploy(one)).toBe('0Af');
});

test('each method that components may call has its stand-in, and no other', () => {
  const path = '../../../../force-app/main/default/classes/WooMappings.cls';
  const source = readFileSync(new URL(path, import.meta.url), 'utf8');
  const methods = [...source.matchAll(/@AuraEnabled\s+public static [^(]*?(\w+)\(/g)];
  expect(Object.keys(wooMappings)).toEqual(methods.map(([, name]) => name));
});
