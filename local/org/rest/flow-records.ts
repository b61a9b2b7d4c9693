import type { Call } from '../api/call.ts';
import { callerOf } from '../api/caller.ts';
import { FlowFault } from '../flow/fault.ts';
import type { Creation, FlowRecord, Lookup, Update } from '../flow/flow.ts';
import { count } from '../flow/parts/limits.ts';
import { settled } from '../flow/parts/settled.ts';
import type { Outcome } from '../flow/parts/together.ts';
import { perform } from '../flow/sending/perform.ts';
import type { FlowRecords } from '../flow/system-records.ts';
import type { Caller } from '../model/caller.ts';
import type { OrgView } from '../model/org-view.ts';
import { apiValue, flowValue } from '../flow/record-references.ts';
import { ApiError } from '../model/errors.ts';
import { compile } from '../soql/compile.ts';
import { RecordBuilder } from '../soql/run.ts';
import { createRecords, updateRecords, type SaveResult, type TypedRecord } from '../write/batch.ts';

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

/** The work for one of several interviews. */
function outcome<T>(work: () => T): Outcome<T> {
  try {
    return work();
  } catch (error) {
    if (error instanceof FlowFault) return error;
    throw error;
  }
}

/** Values of a flow as a call sends them. */
const sent = ({ values }: Creation): Readonly<Record<string, unknown>> =>
  Object.fromEntries([...values].map(([field, value]) => [field.name, apiValue(field, value)]));

/** One record for each that interviews give values; where several give one the same field, the last counts. */
function recordsOfAll(changes: readonly Update[]): readonly TypedRecord[] {
  const records = new Map<string, TypedRecord>();
  for (const change of changes) {
    for (const Id of change.ids) {
      const record = { ...records.get(Id)?.record, ...sent(change), Id };
      records.set(Id, { type: change.object.name, record });
    }
  }
  return [...records.values()];
}

/** What a flow does with records of an org, with the rights that the view has: all, where it is the whole org. */
export function recordsOf(data: OrgView, caller: Caller, version = 'v66.0'): FlowRecords {
  const look = ({ soql, fields }: Lookup): readonly FlowRecord[] => {
    try {
      const compiled = compile(data, soql, false);
      const builder = new RecordBuilder(data, version);
      const found = data.db.all(compiled.sql, ...compiled.values);
      count(data.db, 'queryRows', found.length);
      return found.map((row): FlowRecord => {
        const record = builder.build(compiled, row);
        return new Map(fields.map((one) => [one.name, flowValue(record[one.name], one)]));
      });
    } catch (error) {
      if (error instanceof ApiError) throw fault('look up', error.errorCode, error.message);
      throw error;
    }
  };
  const updated = (changes: readonly Update[]): readonly Outcome<void>[] => {
    const records = recordsOfAll(changes);
    const results = updateRecords(data, caller, records, false);
    const refused = new Map(
      results.flatMap((one, at) =>
        one.success ? [] : [[String(records[at]?.record['Id']), one] as const],
      ),
    );
    return changes.map(({ ids }) => {
      const id = ids.find((one) => refused.has(one));
      return id === undefined ? undefined : refusalOf(refused.get(id), 'update');
    });
  };
  return {
    find(lookups) {
      count(data.db, 'queries');
      return lookups.map((one) => outcome(() => look(one)));
    },
    create(creations) {
      count(data.db, 'statements');
      count(data.db, 'statementRows', creations.length);
      const records = creations.map((one) => ({ type: one.object.name, record: sent(one) }));
      return createRecords(data, caller, records, false).map((result) =>
        result.success ? result.id : refusalOf(result, 'create'),
      );
    },
    update(changes) {
      count(data.db, 'statements');
      count(data.db, 'statementRows', recordsOfAll(changes).length);
      const results = settled(data.db, changes, updated, (one) => one instanceof FlowFault);
      return changes.map((one) => results.get(one));
    },
    perform(action, inputs) {
      // In system context, which is where there is nobody's view, the permission is not asked for.
      const mayNotify = data.access?.has('SendCustomNotifications') ?? true;
      perform(data.whole, { userId: caller.userId, mayNotify }, action, inputs);
    },
  };
}
