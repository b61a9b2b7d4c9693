import { z } from 'zod';
import type { FieldChoice } from '../mapping/model/schema.ts';

/** Whether the field holds the code of a state or country. */
export function isCodeField({ name, type }: DescribedField): boolean {
  return type === 'picklist' && /(?:State|Country)Code$/.test(name);
}

/** The active values of a picklist, each with the values of its controlling field that allow it. */
export function choicesOf(
  { picklistValues, controllerName }: DescribedField,
  fields: readonly DescribedField[],
): readonly FieldChoice[] {
  const controller = fields.find(({ name }) => name === controllerName);
  return picklistValues
    .filter(({ active }) => active)
    .map(({ value, label, validFor }) => ({
      value,
      label: label ?? value,
      validFor: controller && validFor ? allowing(validFor, controller) : null,
    }));
}

/** A bit per value of the controlling field, in base64, the highest bit of a byte first. */
function allowing(validFor: string, { picklistValues }: DescribedField): ReadonlySet<string> {
  const bytes = Buffer.from(validFor, 'base64');
  const isSet = (at: number) => (((bytes[at >> 3] ?? 0) << (at % 8)) & 0x80) !== 0;
  return new Set(picklistValues.filter((_, at) => isSet(at)).map(({ value }) => value));
}

export const fieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number(),
  precision: z.number(),
  scale: z.number(),
  nillable: z.boolean(),
  createable: z.boolean(),
  updateable: z.boolean(),
  calculated: z.boolean(),
  filterable: z.boolean(),
  encrypted: z.boolean().default(false),
  externalId: z.boolean(),
  unique: z.boolean(),
  caseSensitive: z.boolean(),
  defaultedOnCreate: z.boolean(),
  referenceTo: z.array(z.string()),
  relationshipName: z.string().nullable(),
  restrictedPicklist: z.boolean(),
  controllerName: z.string().nullish(),
  picklistValues: z.array(
    z.object({
      value: z.string(),
      active: z.boolean(),
      label: z.string().nullish(),
      validFor: z.string().nullish(),
    }),
  ),
});

/** A field as describe answers it. */
export type DescribedField = z.infer<typeof fieldSchema>;
