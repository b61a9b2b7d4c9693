import { createHash } from 'node:crypto';
import type { FieldDefinition, PicklistValue } from '../model/schema.ts';

const shown = ({ label, value }: PicklistValue): Readonly<Record<string, unknown>> => ({
  attributes: null,
  label,
  validFor: [],
  value,
});

export const isPicklist = (field: FieldDefinition): boolean =>
  field.type === 'picklist' || field.type === 'multipicklist';

/** The active values of a picklist. @param url at which they are read */
export function picklistValues(
  field: FieldDefinition,
  url: string,
): Readonly<Record<string, unknown>> {
  const active = field.picklistValues.filter((one) => one.active);
  const standard = active.find((one) => one.default);
  const values = {
    controllerValues: {},
    defaultValue: standard ? shown(standard) : null,
    url,
    values: active.map(shown),
  };
  return { ...values, eTag: createHash('md5').update(JSON.stringify(values)).digest('hex') };
}
