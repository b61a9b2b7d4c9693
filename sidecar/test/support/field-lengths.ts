import { XMLParser } from 'fast-xml-parser';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const objects = join(import.meta.dirname, '../../../force-app/main/default/objects');
const parser = new XMLParser({ parseTagValue: false });

/** What Salesforce gives to fields whose metadata does not say. */
const OF_TYPE: Readonly<Record<string, number>> = { TextArea: 255 };
/** Of a name field of type Text. */
const NAME_LENGTH = 80;

/** Characters that a deployed text field takes; null where there is no such field, or it is no text. */
export function fieldLength(object: string, field: string): number | null {
  if (field === 'Name') return NAME_LENGTH;
  const path = join(objects, object, 'fields', `${field}.field-meta.xml`);
  if (!existsSync(path)) return null;
  const { CustomField } = parser.parse(readFileSync(path, 'utf8')) as {
    CustomField: { readonly type: string; readonly length?: string };
  };
  const length = Number(CustomField.length ?? OF_TYPE[CustomField.type]);
  return Number.isNaN(length) ? null : length;
}

/** Whether the object has the field at all. */
export function hasField(object: string, field: string): boolean {
  return field === 'Name' || existsSync(join(objects, object, 'fields', `${field}.field-meta.xml`));
}

/** The values of a picklist. */
export function picklistOf(object: string, field: string): readonly string[] {
  const text = readFileSync(join(objects, object, 'fields', `${field}.field-meta.xml`), 'utf8');
  return [...text.matchAll(/<value>\s*<fullName>([^<]+)</g)].flatMap(([, value]) => value ?? []);
}
