import type { FieldDefinition } from '../../model/schema.ts';
import type { Selected } from './select.ts';

type Shown = Pick<FieldDefinition, 'type' | 'scale' | 'picklistValues'>;

/** Locale and time zone of this org's users. */
const locale = 'en-US';
const timeZone = 'UTC';
const currency = 'USD';

const day = new Intl.DateTimeFormat(locale, { timeZone });
const dayAndTime = new Intl.DateTimeFormat(locale, {
  ...({ year: 'numeric', month: 'numeric', day: 'numeric' } as const),
  ...({ hour: 'numeric', minute: '2-digit', timeZone } as const),
});

function number(value: number, scale: number): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: scale }).format(value);
}

function money(value: number, scale: number): string {
  return new Intl.NumberFormat(locale, {
    ...({ style: 'currency', currency } as const),
    minimumFractionDigits: scale,
    maximumFractionDigits: scale,
  }).format(value);
}

const labelOf = (field: Shown, value: string): string =>
  field.picklistValues.find((one) => one.value === value)?.label ?? value;

/** What people read in place of the value; null where the value itself is readable. */
function displayed(field: Shown, value: string | number): string | null {
  switch (field.type) {
    case 'int':
    case 'double':
    case 'percent':
      return number(Number(value), field.scale);
    case 'currency':
      return money(Number(value), field.scale);
    case 'date':
      return day.format(new Date(value));
    case 'datetime':
      return dayAndTime.format(new Date(value)).replace('\u202f', ' ');
    case 'picklist':
      return labelOf(field, String(value));
    case 'multipicklist':
      return String(value)
        .split(';')
        .map((one) => labelOf(field, one))
        .join(';');
    default:
      return null;
  }
}

/** A value as JSON has it: times with `Z`, everything else as it is in a record of the REST API. */
function plain(field: Shown, value: unknown): unknown {
  if (field.type !== 'datetime' || typeof value !== 'string') return value;
  return new Date(value).toISOString();
}

/** `{ value displayValue label }` as it was asked for. */
export function valueObject(
  fields: readonly Selected[],
  field: Shown,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const isShown = typeof value === 'string' || typeof value === 'number';
  return Object.fromEntries(
    fields.map((one) => {
      switch (one.name) {
        case '__typename':
          return [one.key, one.owner];
        case 'value':
          return [one.key, plain(field, value ?? null)];
        case 'label':
          return [one.key, isShown ? labelOf(field, String(value)) : null];
        default:
          return [one.key, isShown ? displayed(field, value) : null];
      }
    }),
  );
}
