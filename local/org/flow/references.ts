import type { Flow } from '@salesforce/types/metadata';
import { fieldValue, missingField, pathValue, type Setting } from '../formula/fields.ts';
import { FormulaProblem, type FormulaSchema, type Typed, type Value } from '../formula/formula.ts';
import { typed } from '../formula/types.ts';
import { dayLength, fromApi } from '../formula/values.ts';
import type { Starts } from './flow.ts';
import type { Invocable } from './sending/invocables.ts';

/** What a flow may refer to. */
export interface FlowSchema extends FormulaSchema {
  /** The outbound message of that full name, as it is spelt; undefined when there is none. */
  outboundMessage(name: string): string | undefined;
  /** The flow of that name, where it can be started by it. */
  launchedFlow(name: string): Flow | undefined;
  /** The Apex method of a class that flows may call. */
  invocable(className: string): Invocable | undefined;
}

/** What the names in a flow are looked up in. */
export interface FlowSetting extends Omit<Setting, 'reference' | 'schema'> {
  readonly schema: FlowSchema;
  readonly starts: Starts;
}

/** Flows see the long form of ids, formulas elsewhere the short one. */
function recordField(name: string, path: string, setting: FlowSetting): Typed {
  const value = pathValue(name, path, setting);
  const field = value.path?.at(-1);
  if (field?.type !== 'id' && field?.type !== 'reference') return value;
  return {
    ...value,
    run: (scope) => {
      const id = scope.read(value.path ?? []);
      return typeof id === 'string' ? id : null;
    },
  };
}

/** The record as it was; there is none when it is new. */
function priorField(name: string, path: string, setting: FlowSetting): Typed {
  if (setting.starts === 'Create') {
    throw new FormulaProblem(`${name}: a flow that new records start has no $Record__Prior`);
  }
  const { type, typeName, path: steps } = recordField(name, path, setting);
  const [field, ...more] = steps ?? [];
  if (!field || more.length > 0 || field.formula !== undefined) {
    throw new FormulaProblem(
      `The local org knows own fields of $Record__Prior only, and no formulas: ${name}.`,
    );
  }
  return {
    type,
    typeName,
    source: name,
    run: (scope) => (scope.isNew ? null : fromApi(scope.prior(field), field)),
  };
}

/** The variable that holds what the last element that failed has said. */
export const faultMessage = '$Flow.FaultMessage';

const constants: Readonly<Record<string, Value>> = { true: true, false: false, emptystring: null };

function globalConstant(name: string, constant: string): Typed {
  const value = constants[constant.toLowerCase()];
  if (value === undefined) throw missingField(name);
  const type = value === null ? 'Text' : 'Boolean';
  return { type, typeName: type, literal: value, run: () => value };
}

function flowValue(name: string, value: string): Typed {
  switch (value.toLowerCase()) {
    case 'currentdatetime':
      return typed('Date/Time', ({ now }) => now.getTime());
    case 'faultmessage':
      return typed('Text', (scope) => scope.variable(faultMessage));
    case 'currentdate':
      return typed('Date', ({ now }) => Math.floor(now.getTime() / dayLength) * dayLength);
    default:
      throw new FormulaProblem(`The local org does not emulate ${name} in flows.`);
  }
}

/**
 * What a name that begins with `$` stands for: the record, the record before, the user and so on.
 * @throws FormulaProblem when it is not there or cannot be used in this flow
 */
export function globalReference(name: string, setting: FlowSetting): Typed {
  const at = name.indexOf('.');
  const [head, rest] = at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)];
  switch (head.toLowerCase()) {
    case '$record':
      return recordField(name, rest, setting);
    case '$record__prior':
      return priorField(name, rest, setting);
    case '$globalconstant':
      return globalConstant(name, rest);
    case '$flow':
      return flowValue(name, rest);
    default:
      if (!name.startsWith('$')) throw missingField(name);
      return fieldValue(name, setting);
  }
}
