import type { Call } from '../api/call.ts';
import { callerOf } from '../api/caller.ts';
import { FlowFault, type FlowRecord, type Interview } from '../flow/flow.ts';
import { apiValue, flowValue } from '../flow/record-references.ts';
import { ApiError } from '../model/errors.ts';
import { compile } from '../soql/compile.ts';
import { RecordBuilder } from '../soql/run.ts';
import { createRecords } from '../write/batch.ts';

/** Salesforce's words around what stopped an element. */
const fault = (tried: string, code: string, message: string): FlowFault =>
  new FlowFault(
    `This error occurred when the flow tried to ${tried} records: ${code}: ${message}. ` +
      'You can look up ExceptionCode values in the SOAP API Developer Guide.',
  );

/** What a flow does with records: with the rights of the caller, as in a flow that runs in user context. */
export function recordsFor(
  call: Call,
): Pick<Interview, 'find' | 'create'> & { readonly userId: string } {
  const { data } = call.services;
  const caller = callerOf(call);
  return {
    userId: caller.userId,
    find({ soql, fields }) {
      try {
        const compiled = compile(data, soql, false);
        const builder = new RecordBuilder(data, call.version);
        return data.db.all(compiled.sql, ...compiled.values).map((row): FlowRecord => {
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
      const [result] = createRecords(data, caller, [{ type: object.name, record }], false);
      if (result?.success === true) return result.id;
      const [error] = result?.errors ?? [];
      throw fault('create', error?.statusCode ?? '', error?.message ?? '');
    },
  };
}
