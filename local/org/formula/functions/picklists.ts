import { expectType } from '../check.ts';
import { FormulaProblem } from '../problem.ts';
import type { FieldDefinition } from '../../model/schema.ts';
import { typed, type Typed, type Value } from '../types.ts';
import { dayLength, textOf, textOrNull } from '../values.ts';
import { placeOf, type FormulaFunction } from './function.ts';

/** @throws FormulaProblem unless the operand is a text literal */
export function expectLiteral(operand: Typed, name: string): string {
  if (typeof operand.literal === 'string' || operand.literal === null) {
    return textOf(operand.literal);
  }
  throw new FormulaProblem(
    `Incorrect parameter type for ${placeOf(name)}. Expected Text Literal, received ${operand.typeName}`,
  );
}

const fieldOf = (operand: Typed): FieldDefinition | undefined => operand.path?.at(-1);

/** @throws FormulaProblem for a value that a restricted picklist does not have; blank is asked for by "" */
export function expectPicklistValue(operand: Typed, value: string): void {
  const field = fieldOf(operand);
  if (!field?.restrictedPicklist || value === '') return;
  const isListed = field.picklistValues.some(
    (one) => one.value.toLowerCase() === value.toLowerCase(),
  );
  if (!isListed) {
    throw new FormulaProblem(`Picklist value: ${value} in picklist: ${field.name} not found`);
  }
}

const lower = (value: Value): string => textOf(value).toLowerCase();

function pair(operands: readonly Typed[], name: string): readonly [Typed, Typed] {
  const [first, second] = operands;
  if (!first || !second) throw new Error(`${name} was built without its operands`);
  return [first, second];
}

const isPicklistValue: FormulaFunction = {
  name: 'ISPICKVAL',
  least: 2,
  most: 2,
  build: (operands) => {
    const [picklist, wanted] = pair(operands, 'ISPICKVAL');
    expectType(picklist, ['Picklist'], placeOf('ISPICKVAL'));
    const value = expectLiteral(wanted, 'ISPICKVAL');
    expectPicklistValue(picklist, value);
    return typed('Boolean', (scope) => lower(picklist.run(scope)) === value.toLowerCase());
  },
};

const chosen = (value: Value): readonly string[] =>
  lower(value)
    .split(';')
    .filter((one) => one !== '');

const includes: FormulaFunction = {
  name: 'INCLUDES',
  least: 2,
  most: 2,
  build: (operands) => {
    const [picklist, wanted] = pair(operands, 'INCLUDES');
    expectType(picklist, ['Multipicklist'], placeOf('INCLUDES'));
    const value = expectLiteral(wanted, 'INCLUDES').toLowerCase();
    const values = fieldOf(picklist)?.picklistValues ?? [];
    if (!values.some((one) => one.value.toLowerCase() === value)) {
      throw new FormulaProblem(
        'Incorrect parameter for function INCLUDES(). Text Literal must be a valid value for ' +
          'this multi-select picklist field.',
      );
    }
    return typed('Boolean', (scope) => chosen(picklist.run(scope)).includes(value));
  },
};

const count: FormulaFunction = {
  name: 'PICKLISTCOUNT',
  least: 1,
  most: 1,
  build: ([picklist]) => {
    if (!picklist) throw new Error('PICKLISTCOUNT was built without its operand');
    expectType(picklist, ['Multipicklist'], placeOf('PICKLISTCOUNT'));
    return typed('Number', (scope) => chosen(picklist.run(scope)).length);
  },
};

/** Plain notation; a computed number below one has no leading zero, a literal keeps it. */
function numberText(value: number, isLiteral: boolean): string {
  const text = /e/i.test(String(value))
    ? value.toFixed(Math.abs(value) < 1 ? 40 : 0).replace(/\.?0+$/, '')
    : String(value);
  return isLiteral ? text : text.replace(/^(-?)0\./, '$1.');
}

function asText(operand: Typed, value: Value): string {
  if (value === null) return '';
  const isLiteral = operand.literal !== undefined;
  switch (operand.type) {
    case 'Number':
      return numberText(Number(value), isLiteral);
    case 'Date':
      return new Date(Number(value)).toISOString().slice(0, 10);
    case 'Date/Time':
      return `${new Date(Number(value)).toISOString().slice(0, 19).replace('T', ' ')}Z`;
    case 'Time':
      return new Date(Number(value) % dayLength).toISOString().slice(11, 23);
    default:
      return textOf(value);
  }
}

const toText: FormulaFunction = {
  name: 'TEXT',
  least: 1,
  most: 1,
  build: ([operand]) => {
    if (!operand) throw new Error('TEXT was built without its operand');
    const accepted = ['Number', 'Date', 'Date/Time', 'Picklist'] as const;
    if (operand.type !== 'Time') expectType(operand, accepted, placeOf('TEXT'));
    return typed('Text', (scope) => textOrNull(asText(operand, operand.run(scope))));
  },
};

/** Functions on picklists, and TEXT, which alone makes text of them. */
export const picklistFunctions: readonly FormulaFunction[] = [
  isPicklistValue,
  includes,
  count,
  toText,
];
