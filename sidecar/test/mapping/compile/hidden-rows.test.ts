import { describe, expect, it } from 'vitest';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type { MappingSource } from '../../../src/mapping/model/config-rows.ts';
import { toMappingSource } from '../../../src/salesforce/mapping-source.ts';

const row = (name: string, more: object): Record<string, unknown> => ({
  DeveloperName: name,
  MasterLabel: name,
  ...more,
});
const mapping = (name: string): Record<string, unknown> =>
  row(name, { Woo_Resource__c: 'order', Active__c: true });
const field = (
  name: string,
  of: string,
  id: string | null,
  Active__c = true,
): Record<string, unknown> =>
  row(name, {
    Mapping__r: { DeveloperName: of, Active__c },
    Salesforce_Field__c: id,
    Active__c: true,
  });

const source = (
  mappings: readonly Record<string, unknown>[],
  fields: readonly Record<string, unknown>[],
  every: readonly Record<string, unknown>[],
): MappingSource =>
  toMappingSource({ stores: [], mappings, fields, conditions: [], every, transitions: [] });

const codes = (from: MappingSource): readonly (readonly [string, string])[] =>
  compileMappings(from, new Map())
    .problems.filter(({ code }) => code.startsWith('MAPPING_HIDDEN'))
    .map(({ code, place }) => [code, place] as const);

describe('rows that the org keeps from us', () => {
  const total = field('Order_Total', 'Order', '01I000000000001.Total__c');
  const status = field('Order_Status', 'Order', 'Account.Rating');

  it('hold their mapping, and name row and field', () => {
    const from = source([mapping('Order')], [status], [status, total]);
    const { mappings, problems } = compileMappings(from, new Map());
    expect(mappings).toEqual([]);
    const hidden = problems.find(({ code }) => code === 'MAPPING_HIDDEN_FIELD');
    expect(hidden).toMatchObject({ mapping: 'Order', place: 'Order_Total', fatal: true });
    expect(hidden?.message).toContain('Total__c');
    expect(hidden?.cure).toContain('Woo_Integration');
  });

  it('are none when all are told', () => {
    expect(codes(source([mapping('Order')], [total, status], [status, total]))).toEqual([]);
  });

  it('name a mapping that is hidden as a whole once, and not its rows as well', () => {
    const from = source([], [status], [status, total]);
    expect(codes(from)).toEqual([['MAPPING_HIDDEN', 'Order']]);
    expect(compileMappings(from, new Map()).problems).toHaveLength(1);
  });

  it('do not matter where their mapping is not active', () => {
    const lead = field('Lead_Company', 'Lead', 'Lead.Company', false);
    expect(codes(source([], [], [lead]))).toEqual([]);
    expect(compileMappings(source([], [lead], [lead]), new Map()).problems).toEqual([]);
  });

  it('do not matter where they are off', () => {
    const off = { ...total, Active__c: false };
    expect(codes(source([mapping('Order')], [status], [status, off]))).toEqual([]);
  });

  it('say so also when nothing is known of the field', () => {
    const from = source([mapping('Order')], [], [field('Order_Total', 'Order', null)]);
    expect(codes(from)).toEqual([['MAPPING_HIDDEN_FIELD', 'Order_Total']]);
  });
});
