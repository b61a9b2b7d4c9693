import type { Unread } from '../conditions/types.ts';
import type { Settings } from '../model/mapping.ts';
import type { ValueProblem } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { FieldWriter } from './field-writer.ts';
import type { ReferenceWriter } from './fill-field.ts';

/** Attributes whose values say who somebody is: messages must not repeat them. */
const PERSONAL =
  /^(?:billing|shipping)\b|name|e?mail|phone|address|customer|note|_ip_|user|transaction|^meta_data/;

/** Why a field cannot be filled. */
export function fieldProblem(
  mapping: string,
  writer: FieldWriter,
  { code, reason }: Refusal,
): ValueProblem {
  return valueProblem(mapping, writer.field.name, writer.attribute, code, reason);
}

/** Why a lookup cannot be filled. */
export function referenceProblem(
  mapping: string,
  { path, lookup }: ReferenceWriter,
  { code, reason }: Refusal,
): ValueProblem {
  return valueProblem(mapping, lookup.field, path.canonical, code, reason);
}

/** Why a condition cannot be asked. */
export function conditionProblem(
  mapping: string,
  { condition: { position, attribute }, refusal: { code, reason } }: Unread,
): ValueProblem {
  const message = `${mapping}: ${attribute} for condition ${position} ${withoutPersonal(attribute, reason)}.`;
  return { code, field: '', attribute, message };
}

/** What a transform had to say of a field, for a report. */
export function fieldNote({ field, attribute }: FieldWriter, note: string): string {
  return `${field.name}: ${withoutPersonal(attribute, note)}`;
}

function withoutPersonal(attribute: string, said: string): string {
  return PERSONAL.test(attribute) ? said.replace(/"[^"]*"/, '(not shown)') : said;
}

function valueProblem(
  mapping: string,
  field: string,
  attribute: string,
  code: string,
  reason: string,
): ValueProblem {
  const said = withoutPersonal(attribute, reason);
  return { code, field, attribute, message: `${mapping}: ${attribute} for ${field} ${said}.` };
}

/** Why a field cannot go to the shop. */
export function outgoingProblem(
  mapping: string,
  field: string,
  attribute: string,
  { code, reason }: Refusal,
): ValueProblem {
  const said = withoutPersonal(attribute, reason);
  return { code, field, attribute, message: `${mapping}: ${field} for ${attribute} ${said}.` };
}

/** Why a record has no usable key. */
export function keyProblem({ name, keyField, key }: Settings, value: string | null): ValueProblem {
  const missing = value === null;
  return {
    code: missing ? 'KEY_MISSING' : 'KEY_TOO_LONG',
    field: keyField,
    attribute: 'id',
    message: missing
      ? `${name}: the record has no id, so it has no key.`
      : `${name}: the record's key has ${value.length} characters, and ${keyField} takes ${key.length}.`,
  };
}
