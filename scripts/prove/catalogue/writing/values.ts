import type { Assumption } from '../../model/assumption.ts';
import { accept, asks, eachObject, recode } from '../../model/exchange.ts';
import { isSame, verdict } from '../../model/verdict.ts';
import { named } from '../records.ts';
import { codeOf, codesOf } from './codes.ts';

/** What two roundings make differently. */
const ROUNDED: readonly (readonly [sent: number, kept: number])[] = [
  [0.125, 0.13],
  [-0.125, -0.13],
  [2.674, 2.67],
];

export const VALUES: readonly Assumption[] = [
  {
    id: 'rounding',
    statement:
      'Numbers with more decimals than the field’s scale are rounded half up, away from zero',
    places: ['sidecar/src/mapping/values/numbers.ts', 'local/org/data/convert.ts'],
    calls: 2,
    probe: async (probing) => {
      const records = ROUNDED.map(([Total__c]) => named(probing, { Total__c }));
      const ids = await probing.org.create('Woo_Order__c', ...records);
      const list = ids.map((id) => `'${id}'`).join(',');
      const rows = await probing.org.rows(
        `SELECT Total__c FROM Woo_Order__c WHERE Id IN (${list})`,
      );
      const kept = rows.map((row) => row['Total__c']).toSorted();
      return verdict(isSame(kept, ROUNDED.map(([, one]) => one).toSorted()), kept);
    },
    deviation: {
      says: 'halves are rounded to even',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          if (one['Total__c'] === 0.13) one['Total__c'] = 0.12;
        });
      },
    },
  },
  {
    id: 'restricted-picklist-spelling',
    statement:
      'A restricted picklist takes its values only as they are spelt there: another case is refused with `INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST`',
    places: ['sidecar/src/mapping/values/picklists.ts', 'local/org/data/convert.ts'],
    calls: 2,
    probe: async (probing) => {
      // An issue has no key of a record by which the end of the run finds it.
      const record = { Issue_Key__c: probing.key(), State__c: 'RESOLVED' };
      const [row] = await probing.org.write('POST', 'Woo_Sync_Issue__c', [record]);
      if (row?.success === true && row.id !== null) await probing.org.delete([row.id]);
      return verdict(codeOf(row) === 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', codeOf(row));
    },
    deviation: {
      says: 'the value is taken whatever its case',
      change: accept('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'),
    },
  },
  {
    id: 'values-of-wrong-type',
    statement:
      'Null for a checkbox, and a date-time without a zone, are refused with `JSON_PARSER_ERROR`',
    places: ['local/org/data/convert.ts'],
    calls: 1,
    probe: async (probing) => {
      const local = { Modified_In_Woo__c: '2026-01-02T03:04:05' };
      const codes = await codesOf(probing, { Deleted_In_Woo__c: null }, local);
      return verdict(
        codes.every((code) => code === 'JSON_PARSER_ERROR'),
        codes,
      );
    },
    deviation: {
      says: 'they are taken for false, and for UTC',
      change: accept('JSON_PARSER_ERROR', (exchange) => asks(exchange, 'Modified_In_Woo__c')),
    },
  },
  {
    id: 'lookup-of-wrong-object',
    statement:
      'The id of a record of another object in a lookup is refused with `FIELD_INTEGRITY_EXCEPTION`',
    places: ['local/org/write/references.ts'],
    calls: 2,
    probe: async (probing) => {
      const [id] = await probing.org.create('Woo_Order__c', named(probing));
      const [code] = await codesOf(probing, { Contact__c: id });
      return verdict(code === 'FIELD_INTEGRITY_EXCEPTION', code);
    },
    deviation: {
      says: 'the code is MALFORMED_ID',
      change: recode('FIELD_INTEGRITY_EXCEPTION', 'MALFORMED_ID'),
    },
  },
];
