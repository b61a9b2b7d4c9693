import { hash } from 'node:crypto';
import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { FieldValue } from '../../mapping/model/record.ts';

/** Characters of base64url: 72 bits, for values of one field of one record. */
const LENGTH = 12;

/** What an agreement about the images of a record is kept under. */
export const IMAGES = '#pictures';

/** Stands for a value where only equality is asked for. */
export function digest(value: FieldValue): string {
  return hash('sha256', JSON.stringify(value), 'base64url').slice(0, LENGTH);
}

/** What a field's agreement is kept under: one that is mapped to another attribute begins anew. */
export function agreedName({
  field,
  attribute,
}: Pick<OutgoingField, 'field' | 'attribute'>): string {
  return `${field}<${attribute}`;
}
