import { parseDate } from '../values/dates.ts';
import { decimal } from '../values/decimal.ts';
import { quoted, Refusal } from '../model/refusal.ts';
import { isEmpty, toBoolean } from '../values/convert.ts';
import { asSent, itself, type WooType } from './woo-type.ts';

/** Prices, weights and sizes: texts in plain decimal notation. The shop makes 1050 of `10,50`. */
export const AMOUNT: WooType = {
  from: 'number',
  same: (value) => decimalText(value) ?? value,
  give: (value) => {
    const text = decimalText(value);
    if (text === null) {
      const advice = 'write a plain number with a point for the decimals, such as 1234.50';
      return new Refusal(
        'TO_WOO_NUMBER',
        `is ${quoted(value)}, which the shop would misread: ${advice}`,
      );
    }
    if (!text.startsWith('-')) return text;
    return new Refusal(
      'TO_WOO_NUMBER',
      `is ${quoted(value)}, and must not be negative: correct it`,
    );
  },
  empty: '',
};

function decimalText(value: unknown): string | null {
  const number = decimal(value);
  if (number === null) return null;
  return number.isZero() ? '0' : number.toFixed();
}

/**
 * A whole number.
 * @param empty what the shop has for none
 */
export function count(least: number, empty: number | null): WooType {
  return {
    from: 'number',
    same: (value) => (isEmpty(value) ? empty : (decimalText(value) ?? value)),
    give: (value) => {
      const number = decimal(value);
      if (number?.isInteger() === true && number.gte(least) && number.lt(2 ** 31)) {
        return number.isZero() ? 0 : number.toNumber();
      }
      const takes = `takes a whole number${Number.isFinite(least) ? ` from ${least}` : ''}`;
      return new Refusal('TO_WOO_NUMBER', `is ${quoted(value)}, and the shop ${takes}: correct it`);
    },
    empty,
  };
}

/** A variation whose product counts for it has `parent` where others have yes or no. */
export const YES_NO: WooType = {
  from: 'yes_no',
  same: (value) => {
    if (isEmpty(value) || value === 'parent') return false;
    const yes = toBoolean(value);
    return yes instanceof Refusal ? value : yes;
  },
  give: (value) => {
    const yes = toBoolean(value);
    if (!(yes instanceof Refusal)) return yes;
    const takes = 'takes true or false (also yes, no, on, off, 1, 0)';
    return new Refusal('TO_WOO_FORM', `is ${quoted(value)}, and the shop ${takes}`);
  },
  empty: false,
};

/**
 * A moment; a day begins or ends with it.
 * @param time of a day that is meant where only the day is given
 */
export function moment(time: '00:00:00' | '23:59:59'): WooType {
  return {
    from: 'date',
    same: (value, { type }) => {
      const at = type === 'date' || type === 'datetime' ? null : parseDate(value);
      return at === null ? value : new Date(at).toISOString().slice(0, 19);
    },
    give: (value, { type }) => {
      const at = parseDate(value);
      if (at === null) {
        const takes = 'takes a date such as 2026-11-24T22:36:02';
        return new Refusal('TO_WOO_FORM', `is ${quoted(value)}, and the shop ${takes}`);
      }
      const iso = new Date(at).toISOString();
      return type === 'date' ? `${iso.slice(0, 10)}T${time}` : iso.slice(0, 19);
    },
    empty: '',
  };
}

/** A custom field. The shop keeps each single value as a text; see {@link customPatch} for yes and no. */
export const CUSTOM: WooType = {
  from: 'any',
  same: itself,
  give: (value, { type }) => {
    if (typeof value === 'number') return decimalText(value);
    if (typeof value === 'boolean') return value;
    const text = asSent(value);
    const at = type === 'datetime' ? parseDate(text) : null;
    if (at !== null) return `${new Date(at).toISOString().slice(0, 19)}Z`;
    return type === 'time' ? text.slice(0, 8) : text;
  },
  empty: null,
};
