import { exception } from '../run/exception.ts';
import { platformClass, platformEnum, type PlatformClass } from '../types/platform.ts';
import { compareNumbers, toDouble } from '../values/collections.ts';
import { Decimal, Double, type Rounding } from '../values/decimal.ts';
import { textOf } from '../values/text.ts';
import type { EnumValue, Value } from '../values/value.ts';

type Numeric = number | bigint | Decimal | Double;

export const toDecimal = (value: Numeric): Decimal => {
  if (value instanceof Decimal) return value;
  if (value instanceof Double) return Decimal.ofDouble(value.value);
  return new Decimal(BigInt(value));
};

/** Without what is behind the point. */
export const wholeOf = (value: Numeric): bigint => {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' ? BigInt(value) : toDecimal(value).whole();
};

export const toInteger = (value: Numeric): number => Number(BigInt.asIntN(32, wholeOf(value)));

const grouped = (value: Value): string => {
  const [whole = '', fraction] = textOf(value).split('.');
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
};

function parsed(text: string, type: string, pattern: RegExp): string {
  if (pattern.test(text.trim())) return text.trim();
  throw exception('TypeException', `Invalid ${type}: ${text}`);
}

function integerOf(value: Value): number {
  if (typeof value !== 'string') return toInteger(value as Numeric);
  const found = Number(parsed(value, 'integer', /^[+-]?\d+$/));
  if (found === (found | 0)) return found;
  throw exception('TypeException', `Invalid integer: ${value}`);
}

const longOf = (value: Value): bigint =>
  typeof value === 'string'
    ? BigInt(parsed(value, 'long', /^[+-]?\d+$/))
    : wholeOf(value as Numeric);

function decimalOf(value: Value): Decimal {
  if (typeof value !== 'string') return toDecimal(value as Numeric);
  const found = Decimal.parse(value.trim());
  if (found) return found;
  throw exception('TypeException', `Invalid decimal: ${value}`);
}

const rounding = (mode: EnumValue): Rounding => mode.name as Rounding;

const decimals = {
  'static Decimal valueOf(Object)': decimalOf,
  'Integer intValue()': toInteger,
  'Long longValue()': wholeOf,
  'Double doubleValue()': (value: Numeric) => new Double(toDouble(value)),
  'Integer scale()': (value: Decimal) => value.scale,
  'Integer precision()': (value: Decimal) => value.unscaled.toString().replace('-', '').length,
  'Decimal setScale(Integer)': (value: Decimal, scale: number) => value.withScale(scale),
  'Decimal setScale(Integer, RoundingMode)': (value: Decimal, scale: number, mode: EnumValue) =>
    value.withScale(scale, rounding(mode)),
  'Long round()': (value: Decimal) => value.withScale(0, 'HALF_EVEN').whole(),
  'Long round(RoundingMode)': (value: Decimal, mode: EnumValue) =>
    value.withScale(0, rounding(mode)).whole(),
  'Decimal abs()': (value: Decimal) =>
    value.unscaled < 0n ? new Decimal(-value.unscaled, value.scale) : value,
  'Decimal stripTrailingZeros()': (value: Decimal) => value.stripped(),
  'Decimal divide(Decimal, Integer)': (value: Decimal, by: Decimal, scale: number) => {
    if (by.unscaled === 0n) throw exception('MathException', 'Divide by 0');
    return value.over(by).withScale(scale);
  },
  'String toPlainString()': (value: Decimal) => value.toString(),
  'String format()': grouped,
  'Boolean equals(Object)': (value: Decimal, other: Value) =>
    other instanceof Decimal && value.compare(other) === 0,
};

const max = (one: Numeric, two: Numeric): Numeric => (compareNumbers(one, two) >= 0 ? one : two);
const min = (one: Numeric, two: Numeric): Numeric => (compareNumbers(one, two) <= 0 ? one : two);

const math = {
  'static Integer max(Integer, Integer)': max,
  'static Long max(Long, Long)': max,
  'static Double max(Double, Double)': max,
  'static Decimal max(Decimal, Decimal)': max,
  'static Integer min(Integer, Integer)': min,
  'static Long min(Long, Long)': min,
  'static Double min(Double, Double)': min,
  'static Decimal min(Decimal, Decimal)': min,
  'static Integer abs(Integer)': (value: number) => Math.abs(value) | 0,
  'static Long abs(Long)': (value: bigint) => (value < 0n ? -value : value),
  'static Decimal abs(Decimal)': (value: Decimal) =>
    value.unscaled < 0n ? new Decimal(-value.unscaled, value.scale) : value,
  'static Decimal ceil(Decimal)': (value: Decimal) => value.withScale(0, 'CEILING'),
  'static Decimal floor(Decimal)': (value: Decimal) => value.withScale(0, 'FLOOR'),
  'static Integer round(Decimal)': (value: Decimal) =>
    Number(value.withScale(0, 'HALF_UP').whole()),
  'static Integer mod(Integer, Integer)': (value: number, by: number) => {
    if (by === 0) throw exception('MathException', 'Divide by 0');
    return value % by;
  },
  'static Long mod(Long, Long)': (value: bigint, by: bigint) => {
    if (by === 0n) throw exception('MathException', 'Divide by 0');
    return value % by;
  },
  'static Double random()': () => new Double(Math.random()),
  'static Double sqrt(Double)': (value: Double) => new Double(Math.sqrt(value.value)),
  'static Double pow(Double, Double)': (value: Double, by: Double) =>
    new Double(value.value ** by.value),
};

export const numberClasses: readonly PlatformClass[] = [
  platformClass('Integer', {
    'static Integer valueOf(Object)': integerOf,
    'static Integer valueOf(String)': integerOf,
    'String format()': grouped,
    'Integer intValue()': (value: number) => value,
    'Long longValue()': (value: number) => BigInt(value),
    'Boolean equals(Object)': (value: number, other: Value) => value === other,
    'Integer hashCode()': (value: number) => value,
  }),
  platformClass('Long', {
    'static Long valueOf(String)': longOf,
    'String format()': grouped,
    'Integer intValue()': toInteger,
    'Boolean equals(Object)': (value: bigint, other: Value) => value === other,
  }),
  platformClass('Decimal', decimals),
  platformClass('Double', {
    'static Double valueOf(Object)': (value: Value) => new Double(decimalOf(value).toNumber()),
    'Integer intValue()': toInteger,
    'Long longValue()': wholeOf,
    'Long round()': (value: Double) => toDecimal(value).withScale(0, 'HALF_EVEN').whole(),
    'String format()': grouped,
  }),
  platformClass('Math', math),
  platformEnum(
    'RoundingMode',
    'UP',
    'DOWN',
    'CEILING',
    'FLOOR',
    'HALF_UP',
    'HALF_DOWN',
    'HALF_EVEN',
  ),
];
