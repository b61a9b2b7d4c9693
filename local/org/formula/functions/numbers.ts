import { expectType } from '../check.ts';
import { FormulaFault } from '../problem.ts';
import { typed, type Typed, type Value } from '../types.ts';
import { roundTo, tidy } from '../values.ts';
import { placeOf, strict, type FormulaFunction } from './function.ts';

const number = ['Number'] as const;

const at = (values: readonly Value[], index: number): number => Number(values[index] ?? 0);

/** A function of one number. */
const of = (name: string, compute: (value: number) => number): FormulaFunction =>
  strict('Number', { name, operands: [number] }, (values) => tidy(compute(at(values, 0))));

/** A function that has no value outside its range. */
const within = (
  name: string,
  isInRange: (value: number) => boolean,
  compute: (value: number) => number,
): FormulaFunction =>
  of(name, (value) => {
    if (isInRange(value)) return compute(value);
    throw new FormulaFault(`The value ${value} is out of range for ${placeOf(name)}`);
  });

function truncated(value: number, digits: number): number {
  const factor = 10 ** Math.trunc(digits);
  return tidy(Math.trunc(tidy(value * factor)) / factor);
}

/** The sign follows the divisor; by zero the number is returned. */
function modulo(value: number, divisor: number): number {
  return divisor === 0 ? value : tidy(value - divisor * Math.floor(tidy(value / divisor)));
}

/** MAX and MIN take any count of numbers. */
function choosing(name: string, choose: (...numbers: number[]) => number): FormulaFunction {
  const build = (operands: readonly Typed[]): Typed => {
    for (const one of operands) expectType(one, number, placeOf(name));
    return typed('Number', (scope) => {
      const values = operands.map((one) => one.run(scope));
      return values.includes(null) ? null : choose(...values.map(Number));
    });
  };
  return { name, least: 1, most: Infinity, build };
}

const awayFromZero = (value: number): number => Math.sign(value) * Math.ceil(Math.abs(value));

/** Functions on numbers. */
export const numberFunctions: readonly FormulaFunction[] = [
  of('ABS', Math.abs),
  of('CEILING', awayFromZero),
  of('FLOOR', Math.trunc),
  of('MCEILING', Math.ceil),
  of('MFLOOR', Math.floor),
  of('EXP', Math.exp),
  of('SIN', Math.sin),
  of('COS', Math.cos),
  of('TAN', Math.tan),
  of('ATAN', Math.atan),
  within('ASIN', (value) => Math.abs(value) <= 1, Math.asin),
  within('ACOS', (value) => Math.abs(value) <= 1, Math.acos),
  within('SQRT', (value) => value >= 0, Math.sqrt),
  within('LN', (value) => value > 0, Math.log),
  within('LOG', (value) => value > 0, Math.log10),
  strict('Number', { name: 'ATAN2', operands: [number, number] }, (values) =>
    tidy(Math.atan2(at(values, 0), at(values, 1))),
  ),
  strict('Number', { name: 'ROUND', operands: [number, number] }, (values) =>
    roundTo(at(values, 0), at(values, 1)),
  ),
  strict('Number', { name: 'TRUNC', operands: [number, number], optional: 1 }, (values) =>
    truncated(at(values, 0), at(values, 1)),
  ),
  strict('Number', { name: 'MOD', operands: [number, number] }, (values) =>
    modulo(at(values, 0), at(values, 1)),
  ),
  strict('Number', { name: 'PI', operands: [] }, () => tidy(Math.PI)),
  choosing('MAX', Math.max),
  choosing('MIN', Math.min),
];
