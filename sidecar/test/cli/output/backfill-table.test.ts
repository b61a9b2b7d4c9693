import { describe, expect, it } from 'vitest';

import { describeCounted, describeEstimates } from '../../../src/cli/output/estimate.ts';
import { describeDryRun } from '../../../src/cli/output/backfill-table.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { mappingTo } from '../../support/rows.ts';

const needs = {
  store: 'main',
  reads: 12000,
  records: 61234,
  newRecords: 60000,
  storageMb: 118,
  apiCalls: 150,
  notShown: [],
};
const room = (left: number) => ({ limit: 15000, remaining: left });

describe('what a backfill says first', () => {
  it('is what it takes and what there is', () => {
    const lines = describeEstimates([needs], { apiCalls: room(14000), storageMb: room(200) });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /about 61,234 records.*12,000.*60,000.*118 MB.*150 API calls.*estimate/,
    );
    expect(lines[1]).toBe(
      'The org has left: 14,000 of 15,000 API calls a day, 200 of 15,000 MB of data storage.',
    );
  });

  it('warns of what will not fit, all stores together', () => {
    const lines = describeEstimates([needs, needs], { apiCalls: room(299), storageMb: room(235) });
    expect(lines.filter((line) => line.startsWith('WARNING'))).toHaveLength(2);
  });

  it('keeps quiet about what the org does not tell', () => {
    expect(describeEstimates([needs], { apiCalls: null, storageMb: null })).toHaveLength(1);
  });
});

describe('a dry run', () => {
  it('says what it has counted and what there is, and warns of what will not fit', () => {
    const counted = { ...needs, newRecords: 0, changes: 1200, storageMb: 0 };
    expect(describeCounted([counted], { apiCalls: room(100), storageMb: null })).toEqual([
      'Store main: in all 0 records to create (0 MB of data storage) and 1,200 to change, with up to 150 API calls.',
      'The org has left: 100 of 15,000 API calls a day.',
      expect.stringMatching(/^WARNING: The API calls may not suffice today/),
    ]);
  });

  it('shows what would be adopted and what cannot be told, and that nothing was written', () => {
    const contacts = mappingTo('Contact');
    const report = new Report([contacts]);
    const row = report.of(contacts);
    row.adopted = 7;
    for (let id = 1; id <= 7; id += 1) {
      const key = `main:guest:ada${id}@example.com`;
      report.noteAdoption(contacts, { key, recordId: `003x${id}`, byId: id === 1 });
    }
    report.failAmbiguous(contacts, 'main:8', ['003a', '003b']);
    const text = describeDryRun({ store: 'main', mappings: report.rows, lists: [], before: [] });
    expect(text).toContain('Nothing was written.');
    expect(text).toContain('main:guest:a…@example.com would be 003x1, which keeps the key');
    expect(text).toContain('2 more adopted');
    expect(text).toMatch(/main:8: MATCH_AMBIGUOUS: 2 Contact records match: 003a, 003b\./);
    expect(text).not.toContain('ada1@');
  });

  it('counts what people have left out, where they have', () => {
    const contacts = mappingTo('Contact');
    const report = new Report([contacts]);
    const text = () =>
      describeDryRun({ store: 'main', mappings: report.rows, lists: [], before: [] });
    expect(text()).not.toContain('Left out');
    for (const id of [5, 6, 7]) report.leaveOut(contacts, `main:${id}`);
    expect(text()).toMatch(/Left out[^]*\b3\b/);
  });

  it('says what would go to the shop, where something would', () => {
    const products = mappingTo('Product2', { resource: 'product' });
    const report = new Report([products]);
    const text = () =>
      describeDryRun({ store: 'main', mappings: report.rows, lists: [], before: [] });
    expect(text()).not.toContain('To the shop');
    report.of(products).pushed = 3;
    expect(text()).toMatch(/To the shop[^]*\b3\b/);
  });
});
