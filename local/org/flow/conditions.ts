import type { FlowCondition } from '@salesforce/types/metadata';
import { hasChanged, refuseLongText } from '../formula/functions/logic.ts';
import { binary } from '../formula/operators.ts';
import { FormulaProblem, type FormulaScope, type Typed } from '../formula/formula.ts';
import { textOf } from '../formula/values.ts';
import { asText, type Resources } from './resources.ts';

export type Test = (scope: FormulaScope) => boolean;

/** The parts of a condition, whether of a decision or of the start. */
export type Comparison = Pick<FlowCondition, 'leftValueReference' | 'rightValue'> & {
  readonly operator?: string;
};

type Compile = (left: Typed, condition: Comparison, resources: Resources) => Test;

/** As the operator of formulas that means the same; text compares with its case. */
const compared =
  (operator: string): Compile =>
  (given, { rightValue }, resources) => {
    const left = asText(given);
    const right = asText(resources.value(rightValue));
    if (operator === '=' || operator === '<>') {
      // Unlike in formulas, nothing equals nothing, whatever its type, and differs from all else.
      binary(operator, left, right);
      const wanted = operator === '=';
      return (scope) => (left.run(scope) === right.run(scope)) === wanted;
    }
    const { run } = binary(operator, left, right);
    return (scope) => run(scope) === true;
  };

const textual =
  (holds: (left: string, right: string) => boolean): Compile =>
  (given, { rightValue }, resources) => {
    const left = asText(given);
    if (left.type !== 'Text') {
      throw new FormulaProblem(`The operator takes text; ${left.source ?? ''} is ${left.typeName}`);
    }
    const right = asText(resources.value(rightValue, 'Text'));
    return (scope) => holds(textOf(left.run(scope)), textOf(right.run(scope)));
  };

/** Whether something is as the value on the right says, true or false. */
const asked =
  (askOf: (left: Typed, resources: Resources) => Test): Compile =>
  (left, { rightValue }, resources) => {
    const wanted = resources.value(rightValue, 'Boolean');
    const test = askOf(left, resources);
    return (scope) => test(scope) === (wanted.run(scope) === true);
  };

function changed(left: Typed, { setting }: Resources): Test {
  const [field, ...more] = left.path ?? [];
  if (!field || more.length > 0) {
    throw new FormulaProblem(
      `IsChanged takes a field of the record, not ${left.source ?? 'a value'}`,
    );
  }
  if (setting.starts === 'Create') {
    throw new FormulaProblem('IsChanged cannot be used in a flow that only new records start');
  }
  refuseLongText(field);
  return (scope) => hasChanged(field, scope);
}

const operators: ReadonlyMap<string, Compile> = new Map([
  ['EqualTo', compared('=')],
  ['NotEqualTo', compared('<>')],
  ['GreaterThan', compared('>')],
  ['LessThan', compared('<')],
  ['GreaterThanOrEqualTo', compared('>=')],
  ['LessThanOrEqualTo', compared('<=')],
  ['StartsWith', textual((left, right) => left.startsWith(right))],
  ['EndsWith', textual((left, right) => left.endsWith(right))],
  ['Contains', textual((left, right) => left.includes(right))],
  ['IsNull', asked((left) => (scope) => left.run(scope) === null)],
  ['IsBlank', asked((left) => (scope) => left.run(scope) === null)],
  ['IsChanged', asked(changed)],
]);

/**
 * A condition that can be asked.
 * @throws FormulaProblem when its operator is not emulated or its sides do not fit
 */
export function compileCondition(condition: Comparison, resources: Resources): Test {
  const { operator = '', leftValueReference = '' } = condition;
  const compile = operators.get(operator);
  if (!compile) {
    throw new FormulaProblem(`The local org does not emulate the operator ${operator} in flows.`);
  }
  return compile(resources.reference(leftValueReference), condition, resources);
}
