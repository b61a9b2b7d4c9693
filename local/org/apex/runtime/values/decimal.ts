/** Digits that a quotient has at most, as Java's DECIMAL128 has them. */
const QUOTIENT_DIGITS = 34;

export type Rounding = 'UP' | 'DOWN' | 'CEILING' | 'FLOOR' | 'HALF_UP' | 'HALF_DOWN' | 'HALF_EVEN';

const power = (exponent: number): bigint => 10n ** BigInt(exponent);
const size = (value: bigint): bigint => (value < 0n ? -value : value);

/** Whether the last digit of a quotient goes away from zero. */
function goesUp(mode: Rounding, quotient: bigint, twice: bigint, divisor: bigint, sign: bigint) {
  switch (mode) {
    case 'UP':
      return true;
    case 'DOWN':
      return false;
    case 'CEILING':
      return sign > 0n;
    case 'FLOOR':
      return sign < 0n;
    case 'HALF_UP':
      return twice >= divisor;
    case 'HALF_DOWN':
      return twice > divisor;
    case 'HALF_EVEN':
      return twice > divisor || (twice === divisor && quotient % 2n === 1n);
  }
}

function divided(dividend: bigint, divisor: bigint, mode: Rounding): bigint {
  const sign = dividend < 0n === divisor < 0n ? 1n : -1n;
  const [above, below] = [size(dividend), size(divisor)];
  const quotient = above / below;
  const rest = above % below;
  const isUp = rest > 0n && goesUp(mode, quotient, rest * 2n, below, sign);
  return sign * (isUp ? quotient + 1n : quotient);
}

/** A number with the scale that it was given: 1.50 is not 1.5, though both are equal. */
export class Decimal {
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale = 0) {
    this.unscaled = unscaled;
    this.scale = scale;
  }

  /** @returns undefined for what is no number */
  static parse(text: string): Decimal | undefined {
    const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
    if (!parts) return undefined;
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
    if (whole === '' && fraction === '') return undefined;
    const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
    const scale = fraction.length - Number(exponent);
    return scale >= 0 ? new Decimal(digits, scale) : new Decimal(digits * power(-scale));
  }

  /** Of a double: the shortest text that stands for it, as `Decimal.valueOf` does. */
  static ofDouble(value: number): Decimal {
    const found = Decimal.parse(String(value)) ?? new Decimal(0n);
    return found.scale === 0 ? new Decimal(found.unscaled * 10n, 1) : found;
  }

  private at(scale: number): bigint {
    return this.unscaled * power(scale - this.scale);
  }

  plus(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.at(scale) + other.at(scale), scale);
  }

  minus(other: Decimal): Decimal {
    return this.plus(new Decimal(-other.unscaled, other.scale));
  }

  times(other: Decimal): Decimal {
    return new Decimal(this.unscaled * other.unscaled, this.scale + other.scale);
  }

  /** @param other not zero */
  over(other: Decimal): Decimal {
    const wanted = this.scale - other.scale;
    const digits = (value: bigint): number => size(value).toString().length;
    const scale = Math.max(
      wanted,
      QUOTIENT_DIGITS + digits(other.unscaled) - digits(this.unscaled) + wanted,
      0,
    );
    const more = scale - wanted;
    const quotient = divided(this.unscaled * power(more), other.unscaled, 'HALF_EVEN');
    const excess = Math.max(digits(quotient) - QUOTIENT_DIGITS, 0);
    const found = new Decimal(quotient, scale).withScale(scale - excess, 'HALF_EVEN');
    return found.stripped(Math.max(wanted, 0));
  }

  /** Without zeros at the end, as far as the scale stays at least this. */
  stripped(least = 0): Decimal {
    let { unscaled, scale } = this;
    while (scale > least && unscaled % 10n === 0n) {
      unscaled /= 10n;
      scale--;
    }
    return new Decimal(unscaled, scale);
  }

  withScale(scale: number, mode: Rounding = 'HALF_UP'): Decimal {
    if (scale >= this.scale) return new Decimal(this.at(scale), scale);
    return new Decimal(divided(this.unscaled, power(this.scale - scale), mode), scale);
  }

  compare(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    const [one, two] = [this.at(scale), other.at(scale)];
    return one < two ? -1 : one > two ? 1 : 0;
  }

  /** Without what is behind the point. */
  whole(): bigint {
    return this.unscaled / power(this.scale);
  }

  toNumber(): number {
    return Number(this.toString());
  }

  toString(): string {
    const digits = size(this.unscaled)
      .toString()
      .padStart(this.scale + 1, '0');
    const sign = this.unscaled < 0n ? '-' : '';
    if (this.scale === 0) return sign + digits;
    const point = digits.length - this.scale;
    return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  }
}

/** A double as a value of its own: a plain number is an Integer. */
export class Double {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  toString(): string {
    const { value } = this;
    return Number.isInteger(value) && Math.abs(value) < 1e7 ? value.toFixed(1) : String(value);
  }
}
