import { commonType, expectType, isOf } from './check.ts';
import { FormulaFault } from './problem.ts';
import { typed, type FormulaScope, type FormulaType, type Typed, type Value } from './types.ts';
import { dayLength, inCalendar, textOf, textOrNull, tidy } from './values.ts';

type Numbers = (left: number, right: number) => number;

const place = (operator: string): string => `operator '${operator}'`;

/** An operation that a blank operand makes blank. */
function numeric(type: FormulaType, left: Typed, right: Typed, compute: Numbers): Typed {
  return typed(type, (scope) => {
    const a = left.run(scope);
    const b = right.run(scope);
    return a === null || b === null ? null : compute(Number(a), Number(b));
  });
}

function concatenated(left: Typed, right: Typed): Typed {
  return typed('Text', (scope) => textOrNull(textOf(left.run(scope)) + textOf(right.run(scope))));
}

/** What a number added to a date, a date-time or a time counts: days, or milliseconds. */
function shifted(base: Typed, by: Typed, sign: 1 | -1): Typed {
  switch (base.type) {
    case 'Date':
      return numeric('Date', base, by, (date, days) =>
        inCalendar(date + sign * Math.trunc(days) * dayLength),
      );
    case 'Date/Time':
      return numeric('Date/Time', base, by, (time, days) =>
        inCalendar(Math.round(time + sign * days * dayLength)),
      );
    default:
      return numeric('Time', base, by, (time, count) => {
        const moved = time + sign * Math.trunc(count);
        if (moved < 0) throw new FormulaFault('Invalid time');
        return moved % dayLength;
      });
  }
}

const temporal: readonly FormulaType[] = ['Date', 'Date/Time', 'Time'];
const addable: readonly FormulaType[] = ['Number', 'Date', 'Date/Time'];

function plus(left: Typed, right: Typed): Typed {
  if (isOf(left, ['Text']) && left.type !== 'Null') {
    expectType(right, ['Text'], place('+'));
    return concatenated(left, right);
  }
  if (temporal.includes(left.type)) {
    expectType(right, ['Number'], place('+'));
    return shifted(left, right, 1);
  }
  expectType(left, addable, place('+'));
  if (temporal.includes(right.type)) return shifted(right, left, 1);
  if (left.type === 'Null' && right.type === 'Text') return concatenated(left, right);
  expectType(right, addable, place('+'));
  return numeric('Number', left, right, (a, b) => tidy(a + b));
}

function minus(left: Typed, right: Typed): Typed {
  if (!temporal.includes(left.type)) {
    expectType(left, addable, place('-'));
    expectType(right, ['Number'], place('-'));
    return numeric('Number', left, right, (a, b) => tidy(a - b));
  }
  if (isOf(right, ['Number'])) return shifted(left, right, -1);
  expectType(right, [left.type], place('-'));
  if (left.type === 'Time') {
    return numeric('Number', left, right, (a, b) => (a - b + dayLength) % dayLength);
  }
  return numeric('Number', left, right, (a, b) => tidy((a - b) / dayLength));
}

function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent)) throw new FormulaFault('Exponent is not a whole number');
  if (base === 0 && exponent < 0) throw new FormulaFault('Division by zero');
  const result = base ** exponent;
  if (Math.abs(result) > 1e64) throw new FormulaFault('Numeric overflow');
  return tidy(result);
}

function divide(a: number, b: number): number {
  if (b === 0) throw new FormulaFault('Division by zero');
  return tidy(a / b);
}

const arithmetic: Readonly<Record<string, Numbers>> = {
  '*': (a, b) => tidy(a * b),
  '/': divide,
  '^': power,
};

/** Blank text equals empty text; a blank number or date equals nothing, and differs from nothing. */
function equal(type: FormulaType, a: Value, b: Value): boolean | null {
  if (type === 'Text' || type === 'Boolean') return textOf(a) === textOf(b);
  return a === null || b === null ? null : a === b;
}

function equality(operator: string, left: Typed, right: Typed): Typed {
  const type = commonType(left, right, place(operator));
  const isNullLiteral = left.type === 'Null' || right.type === 'Null';
  return typed('Boolean', (scope) => {
    const a = left.run(scope);
    const b = right.run(scope);
    const same = isNullLiteral ? a === b : equal(type, a, b);
    return same === null ? false : same === (operator === '=');
  });
}

const orders: Readonly<Record<string, (a: string | number, b: string | number) => boolean>> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

function ordering(operator: string, left: Typed, right: Typed): Typed {
  const ordered: readonly FormulaType[] = ['Number', 'Text', 'Date', 'Date/Time', 'Time'];
  expectType(left, ordered, place(operator));
  commonType(left, right, place(operator));
  const compare = orders[operator];
  return typed('Boolean', (scope) => {
    const a = left.run(scope);
    const b = right.run(scope);
    if (a === null || b === null || typeof a === 'boolean' || typeof b === 'boolean') return false;
    return compare?.(a, b) ?? false;
  });
}

/** The second side is computed only when the first leaves the answer open. */
export function both(operands: readonly Typed[]): Typed['run'] {
  return (scope: FormulaScope) => operands.every((one) => one.run(scope) === true);
}

export function either(operands: readonly Typed[]): Typed['run'] {
  return (scope: FormulaScope) => operands.some((one) => one.run(scope) === true);
}

/** @throws FormulaProblem when the operator does not take such operands */
export function binary(operator: string, left: Typed, right: Typed): Typed {
  switch (operator) {
    case '+':
      return plus(left, right);
    case '-':
      return minus(left, right);
    case '&':
      for (const one of [left, right]) expectType(one, ['Text'], place('&'));
      return concatenated(left, right);
    case '=':
    case '<>':
      return equality(operator, left, right);
    case '&&':
    case '||':
      for (const one of [left, right]) expectType(one, ['Boolean'], place(operator));
      return typed('Boolean', operator === '&&' ? both([left, right]) : either([left, right]));
    default: {
      const compute = arithmetic[operator];
      if (!compute) return ordering(operator, left, right);
      for (const one of [left, right]) expectType(one, ['Number'], place(operator));
      return numeric('Number', left, right, compute);
    }
  }
}

/** @throws FormulaProblem when the operator does not take such an operand */
export function unary(operator: string, operand: Typed): Typed {
  if (operator === '!') {
    expectType(operand, ['Boolean'], place('!'));
    return typed('Boolean', (scope) => operand.run(scope) !== true);
  }
  expectType(operand, ['Number'], place(operator));
  return typed('Number', (scope) => {
    const value = operand.run(scope);
    return value === null ? null : operator === '-' ? -Number(value) : value;
  });
}
