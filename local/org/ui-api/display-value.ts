import type { FieldDefinition } from '../model/schema.ts';

/** Users of this org have the locale en_US and the time zone UTC. */
const days = new Intl.DateTimeFormat('en-US', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});
const times = new Intl.DateTimeFormat('en-US', {
  hour: 'numeric',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** Newer tables of locales have a narrow space before AM and PM; captured answers have a plain one. */
const timeOf = (at: Date): string => times.format(at).replaceAll('\u202f', ' ');

/** `$1,234.50`, with as many decimals as the field has. */
function money(field: FieldDefinition, amount: number): string {
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: field.scale,
    maximumFractionDigits: field.scale,
  }).format(amount);
}

function labels(field: FieldDefinition, value: string): string {
  const labelOf = (one: string): string =>
    field.picklistValues.find((entry) => entry.value === one)?.label ?? one;
  return field.type === 'picklist' ? labelOf(value) : value.split(';').map(labelOf).join(';');
}

/**
 * What people read in place of a value: the label of a picklist value, `7/13/2026`,
 * `7/13/2026, 12:30 PM`, `$1,234.50`.
 * @param value as the REST API gives it
 * @returns null for a value that is read as it is (text, numbers, checkboxes, ids), and for none
 * @see https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_responses_field_value.htm
 */
export function displayValueOf(field: FieldDefinition, value: unknown): string | null {
  if (field.type === 'currency' && typeof value === 'number') return money(field, value);
  if (typeof value !== 'string') return null;
  switch (field.type) {
    case 'picklist':
    case 'multipicklist':
      return labels(field, value);
    case 'date':
      return days.format(new Date(value));
    case 'datetime':
      return `${days.format(new Date(value))}, ${timeOf(new Date(value))}`;
    default:
      return null;
  }
}

/**
 * A value as UI API and GraphQL give it, which write a time with `Z` where the REST API has `+0000`.
 * @param value as the REST API gives it
 */
export function rawValueOf(field: FieldDefinition, value: unknown): unknown {
  if (field.type !== 'datetime' || typeof value !== 'string') return value;
  return new Date(value).toISOString();
}
