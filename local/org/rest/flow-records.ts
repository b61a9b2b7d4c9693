import type { Call } from '../api/call.ts';
import { callerOf } from '../api/caller.ts';
import { FlowFault, type FlowRecord } from '../flow/flow.ts';
import { counted, countStatement } from '../flow/parts/limits.ts';
import { perform } from '../flow/sending/perform.ts';
import type { FlowRecords } from '../flow/system-records.ts';
import type { Caller } from '../model/caller.ts';
import type { OrgView } from '../model/org-view.ts';
import { apiValue, flowValue } from '../flow/record-references.ts';
import { ApiError } from '../model/errors.ts';
import { compile } from '../soql/compile.ts';
import { RecordBuilder } from '../soql/run.ts';
import { createRecords, updateRecords, type SaveResult } from '../write/batch.ts';

/** Salesforce's words around what stopped an element. */
const fault = (tried: string, code: string, message: string): FlowFault =>
  new FlowFault(
    `This error occurred when the flow tried to ${tried} records: ${code}: ${message}. ` +
      'You can look up ExceptionCode values in the SOAP API Developer Guide.',
  );

const refusalOf = (result: SaveResult | undefined, tried: string): FlowFault => {
  const [error] = result?.errors ?? [];
  return fault(tried, error?.statusCode ?? '', error?.message ?? '');
};

/** What a flow does with records: with the rights of the caller, as in a flow that runs in user context. */
export function recordsFor(call: Call): FlowRecords & { readonly userId: string } {
  const caller = callerOf(call);
  return { userId: caller.userId, ...recordsOf(call.services.data, caller, call.version) };
}

/** What a flow does with records of an org, with the rights that the view has: all, where it is the whole org. */
export function recordsOf(data: OrgView, caller: Caller, version = 'v66.0'): FlowRecords {
  return {
    find({ soql, fields }) {
      try {
        const compiled = compile(data, soql, false);
        const builder = new RecordBuilder(data, version);
        const found = counted(data.db, () => data.db.all(compiled.sql, ...compiled.values));
        return found.map((row): FlowRecord => {
          const record = builder.build(compiled, row);
          return new Map(fields.map((one) => [one.name, flowValue(record[one.name], one)]));
        });
      } catch (error) {
        if (error instanceof ApiError) throw fault('look up', error.errorCode, error.message);
        throw error;
      }
    },
    create(object, values) {
      const record = Object.fromEntries(
        [...values].map(([field, value]) => [field.name, apiValue(field, value)]),
      );
      countStatement(data.db, 1);
      const [result] = createRecords(data, caller, [{ type: object.name, record }], false);
      if (result?.success === true) return result.id;
      throw refusalOf(result, 'create');
    },
    update(object, ids, values) {
      const changed = [...values].map(([field, value]) => [field.name, apiValue(field, value)]);
      const records = ids.map((Id) => ({
        type: object.name,
        record: { ...Object.fromEntries(changed), Id } as Readonly<Record<string, unknown>>,
      }));
      countStatement(data.db, ids.length);
      const refused = updateRecords(data, caller, records, true).find((one) => !one.success);
      if (refused) throw refusalOf(refused, 'update');
    },
    perform(action, inputs) {
      // In system context, which is where there is nobody's view, the permission is not asked for.
      const mayNotify = data.access?.has('SendCustomNotifications') ?? true;
      perform(data.whole, { userId: caller.userId, mayNotify }, action, inputs);
    },
  };
}
