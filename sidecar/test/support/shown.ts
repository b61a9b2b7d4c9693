import type { WooRecord } from '../../src/mapping/model/record.ts';

/** Of a record what `_fields` asks for, as WordPress gives it: all of it where nothing is said. */
export function shown(record: WooRecord, { _fields }: Readonly<Record<string, string>>): WooRecord {
  if (_fields === undefined) return record;
  const names = _fields.split(',');
  const within = names.find((name) => name.includes('.'));
  if (within !== undefined) throw new Error(`shops of tests show no parts such as ${within}`);
  // The type of content is not WordPress's: what reads it says of which list it is.
  const asked = new Set([...names, 'content_type']);
  return Object.fromEntries(Object.entries(record).filter(([name]) => asked.has(name)));
}
