import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, recode } from '../../model/exchange.ts';
import type { Probing } from '../../model/probing.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { firstError, queryPath, recordsOf, type Row } from '../../sides/answers.ts';
import { named } from '../records.ts';

const GONE_CODES: ReadonlySet<string> = new Set([
  'INVALID_CROSS_REFERENCE_KEY',
  'ENTITY_IS_DELETED',
  'NOT_FOUND',
]);

/** The id of an order that was deleted. @throws CannotTell */
async function deletedOrder(probing: Probing): Promise<string> {
  const [id = ''] = await probing.org.create('Woo_Order__c', named(probing));
  const [row] = await probing.org.delete([id]);
  if (row?.success === true) return id;
  throw new CannotTell(`An order could not be deleted: ${shown(row)}`);
}

const codeOf = (row: Row | undefined): string =>
  row === undefined ? 'no result' : row.success ? 'success' : firstError(row).code;

/** In the call in which the run deletes its own records at its end, it does not matter. */
const isDelete = ({ method }: { method: string }): boolean => method === 'DELETE';

export const GONE: readonly Assumption[] = [
  {
    id: 'delete-of-deleted',
    statement:
      'A deletion that is answered `INVALID_CROSS_REFERENCE_KEY`, `ENTITY_IS_DELETED` or `NOT_FOUND` is done: the record is gone',
    places: ['sidecar/src/salesforce/collections.ts'],
    calls: 3,
    probe: async (probing) => {
      const code = codeOf((await probing.org.delete([await deletedOrder(probing)]))[0]);
      return verdict(GONE_CODES.has(code), code);
    },
    deviation: {
      says: 'the code is UNKNOWN_EXCEPTION',
      change: recode('ENTITY_IS_DELETED', 'UNKNOWN_EXCEPTION', isDelete),
    },
  },
  {
    id: 'update-of-deleted',
    statement:
      'An update by id of a deleted record is refused with `ENTITY_IS_DELETED`, `INVALID_CROSS_REFERENCE_KEY` or `NOT_FOUND`',
    places: ['sidecar/src/sync/to-salesforce/missing-targets.ts'],
    calls: 3,
    probe: async (probing) => {
      const Id = await deletedOrder(probing);
      const records = [{ Id, Payment_Method__c: 'x' }];
      const code = codeOf((await probing.org.write('PATCH', 'Woo_Order__c', records))[0]);
      return verdict(GONE_CODES.has(code), code);
    },
    deviation: {
      says: 'the code is INSUFFICIENT_ACCESS_OR_READONLY',
      change: recode(
        ...(['ENTITY_IS_DELETED', 'INSUFFICIENT_ACCESS_OR_READONLY'] as const),
        ({ method }) => method === 'PATCH',
      ),
    },
  },
  {
    id: 'deleted-in-query-all',
    statement:
      '`queryAll` in a composite call shows a deleted record, and its `LastModifiedById` is who deleted it',
    places: [
      'sidecar/src/sync/reconcile/foreign-edits.ts',
      'sidecar/src/salesforce/trace-merged.ts',
    ],
    calls: 4,
    probe: async (probing) => {
      const id = await deletedOrder(probing);
      const soql = `SELECT IsDeleted, LastModifiedById FROM Woo_Order__c WHERE Id = '${id}'`;
      const me = await probing.org.userId();
      const [answer] = await probing.org.subanswers([
        { method: 'GET', url: queryPath(soql, 'queryAll') },
      ]);
      const [row] = recordsOf({ status: answer?.httpStatusCode ?? 0, body: answer?.body });
      return verdict(row?.['IsDeleted'] === true && row['LastModifiedById'] === me, row);
    },
    deviation: {
      says: 'deleted records are in no answer',
      change: (exchange) => {
        if (!asks(exchange, 'queryAll') || !asks(exchange, 'LastModifiedById')) return;
        eachObject(exchange.body, (one) => {
          if ('records' in one) Object.assign(one, { records: [], totalSize: 0 });
        });
      },
    },
  },
  {
    id: 'merged-in-query-all',
    statement:
      'An update of a merged record is refused as that of a deleted one; `queryAll` then shows its `MasterRecordId` to the integration user',
    places: [
      'sidecar/src/sync/to-salesforce/missing-targets.ts',
      'sidecar/src/salesforce/trace-merged.ts',
    ],
    person:
      'Merge two contacts in Lightning, then ask `SELECT IsDeleted, MasterRecordId FROM Contact WHERE Id = …` by `queryAll`, signed in as the integration user.',
  },
];
