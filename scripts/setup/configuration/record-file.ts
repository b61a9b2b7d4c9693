import { escapedXml } from '../../lib/escaped-xml.ts';

/** The values of a record of custom metadata, by field; null for an empty one. */
export type Values = Readonly<Record<string, string | number | boolean | null>>;

/** The text of the file of a record, with other values. @throws Error where it lacks one of the fields */
export function withValues(xml: string, values: Values, label?: string): string {
  const labelled =
    label === undefined ? xml : xml.replace(/(?<=<label>)[^<]*/, () => escapedXml(label));
  return Object.entries(values).reduce(
    (text, [field, value]) => withValue(text, field, value),
    labelled,
  );
}

function withValue(xml: string, field: string, value: Values[string]): string {
  const place = new RegExp(`(?<=<field>${field}</field>\\s*)<value [^>]*?(?:/>|>[^<]*</value>)`);
  if (!place.test(xml)) throw new Error(`The record has no ${field}: ${xml.slice(0, 300)}`);
  return xml.replace(place, () => valueOf(value ?? null));
}

function valueOf(value: string | number | boolean | null): string {
  if (value === null) return '<value xsi:nil="true"/>';
  const type = { string: 'string', number: 'double', boolean: 'boolean' }[typeof value as 'string'];
  const text = typeof value === 'number' ? value.toFixed(1) : escapedXml(String(value));
  return `<value xsi:type="xsd:${type}">${text}</value>`;
}
