import type { Assumption } from '../../model/assumption.ts';
import { accept, asks, eachObject, recode, refuse, type Exchange } from '../../model/exchange.ts';
import { CannotTell, isSame, shown, verdict } from '../../model/verdict.ts';
import { collection, firstError, recordsOf, rowsIn } from '../../sides/answers.ts';
import type { Subrequest } from '../../sides/org-side.ts';
import { named } from '../records.ts';

const NO_FIELD = 'No_Such_Field__c';
const CONDITION = 'If-Unmodified-Since';

/** The ids that an update names. */
function idsIn({ asked, method, path }: Exchange): readonly unknown[] {
  const { records } = (asked ?? {}) as { records?: readonly { Id?: unknown; id?: unknown }[] };
  const isUpdate = method === 'PATCH' && path.endsWith('/composite/sobjects');
  return isUpdate && records ? records.map(({ Id, id }) => Id ?? id) : [];
}

const namesTwice = (exchange: Exchange): boolean => {
  const ids = idsIn(exchange);
  return ids.length > 1 && new Set(ids).size < ids.length;
};

export const ROWS: readonly Assumption[] = [
  {
    id: 'unknown-parent',
    statement:
      'A reference by external id to an unknown record answers with the item error `INVALID_FIELD`, and its message holds "Foreign key external ID"',
    places: ['sidecar/src/salesforce/error-classes.ts', 'local/org/write/references.ts'],
    calls: 1,
    probe: async (probing) => {
      const record = named(probing, { Contact__r: { Woo_Key__c: probing.key() } });
      const [row] = await probing.org.write('POST', 'Woo_Order__c', [record]);
      if (!row || row.success) return verdict(false, 'the record was written');
      const { code, message } = firstError(row);
      const isSo = code === 'INVALID_FIELD' && message.includes('Foreign key external ID');
      return verdict(isSo, `${code}: ${message}`);
    },
    deviation: {
      says: 'the code is INVALID_CROSS_REFERENCE_KEY',
      change: recode('INVALID_FIELD', 'INVALID_CROSS_REFERENCE_KEY', (_, error) =>
        String(error['message']).includes('Foreign key external ID'),
      ),
    },
  },
  {
    id: 'bad-row-fails-alone',
    statement:
      'An unknown field, or JSON of another type than the field’s, fails its row of a collection and not the call',
    places: ['local/org/write/save.ts'],
    calls: 1,
    probe: async (probing) => {
      const bad = [{ [NO_FIELD]: 'x' }, { Paid_In_Woo__c: 'no date at all' }];
      const records = [{}, ...bad].map((fields) => named(probing, fields));
      const body = collection('Woo_Order__c', records);
      const answer = await probing.org.call('POST', 'composite/sobjects', body);
      if (answer.status !== 200) return verdict(false, answer.body);
      const rows = rowsIn(answer.status, answer.body);
      return verdict(rows.filter(({ success }) => success).length === 1, rows);
    },
    deviation: {
      says: 'the whole call is refused',
      change: (exchange) => {
        if (asks(exchange, NO_FIELD)) refuse(exchange, 400, 'INVALID_FIELD');
      },
    },
  },
  {
    id: 'rows-in-order',
    statement: 'The results of a collection stand in the order of its records',
    places: ['sidecar/src/salesforce/collections.ts', 'local/org/rest/collections.ts'],
    calls: 1,
    probe: async (probing) => {
      const unknown = { Contact__r: { Woo_Key__c: probing.key() } };
      // Not in the middle, and not at an end: neither the reverse order nor one by success looks the same.
      const records = [{}, unknown, {}, {}].map((fields) => named(probing, fields));
      const rows = await probing.org.write('POST', 'Woo_Order__c', records);
      const written = rows.map(({ success }) => success);
      if (written.filter(Boolean).length !== 3) throw new CannotTell(shown(rows));
      return verdict(isSame(written, [true, false, true, true]), written);
    },
    deviation: {
      says: 'they come the other way round',
      change: ({ side, path, body }) => {
        if (side === 'org' && path.includes('composite/sobjects') && Array.isArray(body))
          body.reverse();
      },
    },
  },
  {
    id: 'record-twice-in-update',
    statement: 'One update that names a record twice refuses those rows with `DUPLICATE_VALUE`',
    places: ['local/org/write/batch.ts'],
    calls: 2,
    probe: async (probing) => {
      const ids = await probing.org.create('Woo_Order__c', named(probing), named(probing));
      const records = [ids[0], ids[0], ids[1]].map((Id) => ({ Id, Payment_Method__c: 'x' }));
      const rows = await probing.org.write('PATCH', 'Woo_Order__c', records);
      const codes = rows.map((row) => (row.success ? 'written' : firstError(row).code));
      const wanted = ['DUPLICATE_VALUE', 'DUPLICATE_VALUE', 'written'];
      return verdict(isSame(codes.toSorted(), wanted), codes);
    },
    deviation: {
      says: 'the last of them wins',
      change: accept('DUPLICATE_VALUE', namesTwice),
    },
  },
  {
    id: 'unmodified-since',
    statement:
      'A record that was changed after the time of `If-Unmodified-Since` is not changed by its id as a subrequest of a composite call, and answered with 412; one that was not is changed',
    places: ['sidecar/src/salesforce/collections.ts', 'local/org/rest/records.ts'],
    calls: 3,
    probe: async (probing) => {
      const [id = ''] = await probing.org.create('Woo_Order__c', named(probing));
      const soql = `SELECT LastModifiedDate FROM Woo_Order__c WHERE Id = '${id}'`;
      const [row] = recordsOf(await probing.org.ask(soql));
      const modified = Date.parse(String(row?.['LastModifiedDate']).replace('+0000', 'Z'));
      if (Number.isNaN(modified)) throw new CannotTell(shown(row));
      const change = (since: number): Subrequest => ({
        method: 'PATCH',
        url: `sobjects/Woo_Order__c/${id}`,
        httpHeaders: { [CONDITION]: new Date(since).toUTCString() },
        body: { Payment_Method__c: 'x' },
      });
      const answers = await probing.org.subanswers([change(modified - 60_000), change(modified)]);
      const statuses = answers.map((one) => one?.httpStatusCode);
      return verdict(isSame(statuses, [412, 204]), statuses);
    },
    deviation: {
      says: 'subrequests do not know that header',
      change: (exchange) => {
        if (exchange.side !== 'org' || !asks(exchange, CONDITION)) return;
        eachObject(exchange.body, (one) => {
          if (one['httpStatusCode'] === 412) one['httpStatusCode'] = 204;
        });
      },
    },
  },
  {
    id: 'row-lock-names-master',
    statement: '`UNABLE_TO_LOCK_ROW` names the master of a new detail, else the record',
    places: ['local/org/write/write.ts'],
    person:
      'Hold a row with `SELECT Id FROM Woo_Order__c LIMIT 1 FOR UPDATE` in anonymous Apex that then loops for 15 seconds, add a line to that order by the API meanwhile, and see which id the error names.',
  },
  {
    id: 'permission-set-of-other-licence',
    statement:
      "An assignment of a permission set of another licence is refused with `FIELD_INTEGRITY_EXCEPTION` and words around `user license doesn't match`",
    places: ['local/org/rules/permission-set-rules.ts'],
    person:
      'Make a permission set for the licence Salesforce, and assign it to a user with the licence Salesforce Integration by `sf org assign permset --on-behalf-of`.',
  },
  {
    id: 'only-sync-writes-keys',
    statement:
      'Nobody but the sync writes `Woo_Key__c`: which store owns a record that two share is what stands there',
    places: ['sidecar/src/sync/model/ownership.ts'],
    person: 'Look for imports, flows and integrations of the org that write the field.',
  },
];
