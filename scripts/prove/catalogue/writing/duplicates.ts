import type { Assumption } from '../../model/assumption.ts';
import { asks, eachError, eachObject, type Json } from '../../model/exchange.ts';
import type { Probing } from '../../model/probing.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { named } from '../records.ts';
import { collection, firstError, rowsIn, type Row } from '../../sides/answers.ts';
import { type Subrequest } from '../../sides/org-side.ts';

const HEADER = 'Sforce-Duplicate-Rule-Header';

const contact = (key: string, name: string): Json => ({
  Woo_Key__c: key,
  FirstName: 'Prove',
  LastName: name,
  Email: `${name}@example.com`,
});

/** Writes a contact, and in a composite call one that is alike. @returns the row of the second */
async function writeTwins(probing: Probing, httpHeaders: Subrequest['httpHeaders'] = {}) {
  const same = probing.name();
  await probing.org.create('Contact', contact(probing.key(), same));
  const body = collection('Contact', [contact(probing.key(), same)]);
  const [answer] = await probing.org.subanswers([
    { method: 'POST', url: 'composite/sobjects', httpHeaders, body },
  ]);
  const [row] = rowsIn(answer?.httpStatusCode ?? 0, answer?.body);
  if (row) return row;
  throw new CannotTell('The org gave no result for the second contact.');
}

/** @throws CannotTell where the org does not look for duplicates of contacts */
function mustBeStopped(row: Row): Row {
  if (!row.success && firstError(row).code === 'DUPLICATES_DETECTED') return row;
  throw new CannotTell('No duplicate rule of the org stops a second contact like the first.');
}

/** Two orders with the same key, one after the other. @throws CannotTell where the second is not refused for it */
async function writeKeyTwice(probing: Probing): Promise<{ id: string; error: Json }> {
  const first = named(probing);
  const [id = ''] = await probing.org.create('Woo_Order__c', first);
  const [row] = await probing.org.write('POST', 'Woo_Order__c', [first]);
  const error = row?.errors.find(({ statusCode }) => statusCode === 'DUPLICATE_VALUE');
  if (error) return { id, error };
  throw new CannotTell(`A second record with a key was answered with ${shown(row)}`);
}

const isTwin = (object: Json): boolean => object['statusCode'] === 'DUPLICATES_DETECTED';

export const DUPLICATES: readonly Assumption[] = [
  {
    id: 'duplicate-header-in-subrequest',
    statement:
      'The header for duplicate rules (`Sforce-Duplicate-Rule-Header: allowSave=true`) works in the `httpHeaders` of a subrequest',
    places: ['sidecar/src/salesforce/collections.ts'],
    calls: 4,
    probe: async (probing) => {
      mustBeStopped(await writeTwins(probing));
      const row = await writeTwins(probing, { [HEADER]: 'allowSave=true' });
      return verdict(row.success, row.errors);
    },
    deviation: {
      says: 'the header of a subrequest is passed over',
      change: (exchange) => {
        if (!asks(exchange, HEADER)) return;
        eachObject(exchange.body, (one) => {
          if (!('success' in one)) return;
          const error = { statusCode: 'DUPLICATES_DETECTED', message: 'Use one.', fields: [] };
          Object.assign(one, { success: false, errors: [error] });
        });
      },
    },
  },
  {
    id: 'assignment-header-in-subrequest',
    statement:
      'The header for assignment rules (`Sforce-Auto-Assign`) works in the `httpHeaders` of a subrequest',
    places: ['sidecar/src/salesforce/collections.ts'],
    person:
      'Map a resource to Lead in an org with an active assignment rule for leads, sync a record, and see that its owner is the integration user.',
  },
  {
    id: 'duplicate-result-in-row',
    statement:
      'A row of a collection that a duplicate rule stops carries `duplicateResult` beside `statusCode`, `message` and `fields`',
    places: ['local/org/write/duplicates.ts'],
    calls: 2,
    probe: async (probing) => {
      const [error] = mustBeStopped(await writeTwins(probing)).errors;
      const names = Object.keys(error ?? {});
      const wanted = ['statusCode', 'message', 'fields', 'duplicateResult'];
      return verdict(
        wanted.every((name) => names.includes(name)),
        `members ${names.join(', ')}`,
      );
    },
    deviation: {
      says: 'the error of the row has no duplicateResult',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          if (isTwin(one)) delete one['duplicateResult'];
        });
      },
    },
  },
  {
    id: 'standard-matching-rules',
    statement:
      'The lists of fields of the standard matching rules, with spellings compared exactly; the standard rules look at new records only, also at those of the same call',
    places: ['local/org/data/duplicate-rules.ts'],
    person:
      'In Setup › Matching Rules, compare the fields and methods of the standard rules of accounts, contacts and leads with the file.',
  },
  {
    id: 'duplicate-value-names-record',
    statement: '`DUPLICATE_VALUE` names the other record by its id of 15 characters',
    places: ['local/org/write/save.ts'],
    calls: 2,
    probe: async (probing) => {
      const { id, error } = await writeKeyTwice(probing);
      const message = String(error['message']);
      return verdict(new RegExp(`\\b${id.slice(0, 15)}\\b`).test(message), message);
    },
    deviation: {
      says: 'the message names the record by its id of 18 characters',
      change: (exchange) => {
        eachError(exchange, 'DUPLICATE_VALUE', (error) => {
          error['message'] = String(error['message']).replace(/\b[a-zA-Z0-9]{15}\b/, '$&AAA');
        });
      },
    },
  },
  {
    id: 'duplicate-value-names-field',
    statement: 'The message of `DUPLICATE_VALUE` names the field whose value another record has',
    places: ['sidecar/src/sync/to-salesforce/rejections.ts'],
    calls: 2,
    probe: async (probing) => {
      const { error } = await writeKeyTwice(probing);
      return verdict(String(error['message']).includes('Woo_Key__c'), error['message']);
    },
    deviation: {
      says: 'the message names no field',
      change: (exchange) => {
        eachError(exchange, 'DUPLICATE_VALUE', (error) => {
          error['message'] = String(error['message']).replaceAll('Woo_Key__c', 'a field');
        });
      },
    },
  },
];
