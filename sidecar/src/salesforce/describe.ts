import { z } from 'zod';
import type { FieldSchema } from '../mapping/model/schema.ts';
import type { DescribedObject } from '../ports/org.ts';
import { choicesOf, fieldSchema, isCodeField } from './picklist-values.ts';
import { unexpected } from './rest/transport.ts';

const objectSchema = z.object({
  name: z.string(),
  label: z.string(),
  createable: z.boolean(),
  updateable: z.boolean(),
  deletable: z.boolean(),
  fields: z.array(fieldSchema),
  childRelationships: z
    .array(
      z.object({
        childSObject: z.string(),
        field: z.string(),
        relationshipName: z.string().nullish(),
      }),
    )
    .default([]),
});

/** What we need of a describe answer. */
export function toObjectSchema(answer: unknown): DescribedObject {
  const parsed = objectSchema.safeParse(answer).data;
  if (parsed === undefined)
    throw unexpected('Salesforce', 'a description of an object that lacks what it should say');
  const fields = parsed.fields.map((field): [string, FieldSchema] => [
    field.name.toLowerCase(),
    {
      ...field,
      picklistValues: field.picklistValues.filter(({ active }) => active).map(({ value }) => value),
      ...(isCodeField(field) && { choices: choicesOf(field, parsed.fields) }),
    },
  ]);
  const { childRelationships, ...rest } = parsed;
  const children = childRelationships.flatMap(({ childSObject, field, relationshipName }) =>
    relationshipName ? [{ relationshipName, object: childSObject, field }] : [],
  );
  return { ...rest, fields: new Map(fields), children };
}
