import { FlowFault } from '../../flow/fault.ts';
import type { Invocable, Invocables, InvocableValues } from '../../flow/sending/invocables.ts';
import type { Value as FlowValue } from '../../formula/formula.ts';
import { ApiError } from '../../model/errors.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import { invocableOf, type InvocableMethod } from '../runtime/invocable.ts';
import { idOf } from '../runtime/library/strings.ts';
import { ApexException, exception, NotEmulated } from '../runtime/run/exception.ts';
import type { LinkedClass } from '../runtime/run/linked.ts';
import type { Transaction } from '../runtime/run/transaction.ts';
import { ApexList } from '../runtime/values/collections.ts';
import { ApexDate, ApexDatetime } from '../runtime/values/dates.ts';
import { Decimal, Double } from '../runtime/values/decimal.ts';
import type { Value } from '../runtime/values/value.ts';
import type { CalledCode } from './called-code.ts';
import { programOf } from './programs.ts';

const DAY = 86_400_000;

const toCode: Readonly<Record<string, (value: never) => Value>> = {
  Id: (value: string) => idOf(value),
  Integer: (value: number) => Math.trunc(value),
  Long: (value: number) => BigInt(Math.trunc(value)),
  Double: (value: number) => new Double(value),
  Decimal: (value: number) => Decimal.parse(String(value)) ?? new Decimal(0n),
  Date: (value: number) => new ApexDate(Math.floor(value / DAY)),
  Datetime: (value: number) => new ApexDatetime(value),
};

/** A value of a flow as code has it. */
function codeValue(value: FlowValue, type: string): Value {
  if (value === null) return null;
  if (type.startsWith('List<')) {
    const item = type.slice('List<'.length, -1);
    return new ApexList(
      item,
      (JSON.parse(String(value)) as string[]).map((one) => codeValue(one, item)),
    );
  }
  return toCode[type]?.(value as never) ?? value;
}

/** A value of code as a flow has it. */
function flowValue(value: Value): FlowValue {
  if (value instanceof Decimal) return value.toNumber();
  if (value instanceof Double) return value.value;
  if (value instanceof ApexDate) return value.days * DAY;
  if (value instanceof ApexDatetime) return value.ms;
  if (value instanceof ApexList) return JSON.stringify(value.items.map(flowValue));
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'object' ? null : value;
}

const variable = (name: string): string => `f_${name.toLowerCase()}`;

function requestOf(
  { inputs, request }: InvocableMethod,
  given: InvocableValues,
  classes: readonly LinkedClass[],
): Value {
  const [only] = inputs;
  if (!request) return only ? codeValue(given.get(only.name) ?? null, only.type) : null;
  const made = classes.find(({ outline }) => outline === request)?.create();
  const built = made?.['c_$'] ? (made['c_$'].call(made), made) : made;
  const fields = built as unknown as Record<string, Value>;
  for (const { name, type } of inputs) {
    const value = given.get(name);
    if (value !== undefined) fields[variable(name)] = codeValue(value, type);
  }
  return fields;
}

function resultOf({ outputs, result }: InvocableMethod, value: Value): InvocableValues {
  if (!result) return new Map(outputs.map(({ name }) => [name, flowValue(value)] as const));
  const fields = (value ?? {}) as Readonly<Record<string, Value>>;
  return new Map(
    outputs.map(({ name }) => [name, flowValue(fields[variable(name)] ?? null)] as const),
  );
}

/** Invocable methods of an org's Apex, for its flows. */
export class ApexInvocables implements Invocables {
  private readonly org: WholeOrg;
  private readonly code: CalledCode;

  constructor(org: WholeOrg, code: CalledCode) {
    this.org = org;
    this.code = code;
  }

  find(className: string): Invocable | undefined {
    return invocableOf(programOf(this.org).program.classes, className);
  }

  invoke(
    className: string,
    requests: readonly InvocableValues[],
    userId: string,
  ): readonly InvocableValues[] {
    try {
      return this.code.run(userId, (transaction) => call(transaction, className, requests));
    } catch (error) {
      if (error instanceof ApexException) {
        throw new FlowFault(`An Apex error occurred: ${error.toString()}`);
      }
      // A transaction that has used too much has ended: no fault path is taken.
      if (error instanceof NotEmulated) throw new ApiError(501, 'NOT_EMULATED', error.message);
      throw error;
    }
  }
}

function call(
  { program }: Transaction,
  className: string,
  requests: readonly InvocableValues[],
): readonly InvocableValues[] {
  const { classes } = program;
  const found = invocableOf(program.program.classes, className);
  const owner = classes.find(
    ({ outline }) => outline.name.toLowerCase() === className.toLowerCase(),
  );
  if (!found || !owner) throw new FlowFault(`The Apex class ${className} has no InvocableMethod.`);
  const { method, inputs } = found;
  const [only] = inputs;
  const list = new ApexList(
    found.request?.name ?? only?.type ?? 'Object',
    requests.map((one) => requestOf(found, one, classes)),
  );
  const run = owner.statics[method.code];
  const returned = run?.(...(method.parameters.length === 0 ? [] : [list])) ?? null;
  if (method.returns === 'void') return requests.map(() => new Map());
  const results = returned instanceof ApexList ? returned.items : [];
  if (results.length !== requests.length) {
    throw exception(
      'FlowException',
      `The number of results does not match the number of interviews that were executed in a single bulk execution request: ${results.length}, ${requests.length}`,
    );
  }
  return results.map((one) => resultOf(found, one));
}
