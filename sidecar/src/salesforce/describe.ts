import { z } from 'zod';
import type { FieldSchema, RecordNames } from '../mapping/model/schema.ts';
import { CodedError } from '../errors/coded-error.ts';
import type { DescribedObject } from '../ports/org.ts';
import { choicesOf, fieldSchema, isCodeField } from './picklist-values.ts';
import { composite, mostSubrequests, wholeError } from './rest/composite.ts';
import type { Connection } from './rest/connection.ts';
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
  recordTypeInfos: z
    .array(
      z.object({
        recordTypeId: z.string(),
        developerName: z.string().nullish(),
        available: z.boolean(),
      }),
    )
    .default([]),
});

/** One API call per 25 objects. Objects that the org does not have, or does not show us, are left out. */
export async function describeObjects(
  connection: Connection,
  objects: readonly string[],
): Promise<ReadonlyMap<string, DescribedObject>> {
  const described = new Map<string, DescribedObject>();
  for (let from = 0; from < objects.length; from += mostSubrequests) {
    const names = objects.slice(from, from + mostSubrequests);
    const answers = await composite(
      connection,
      names.map((name) => ({
        method: 'GET',
        path: `/sobjects/${encodeURIComponent(name)}/describe`,
      })),
    );
    names.forEach((name, index) => {
      const answer = answers[index];
      if (answer === undefined || answer.status === 404) return;
      const error = wholeError(answer);
      if (error !== null)
        throw new CodedError(
          'SF_REFUSED',
          `Salesforce does not describe the object ${name}: ${error.code} (${error.message}).`,
          'Check that the integration user has the permission set Woo_Integration.',
        );
      described.set(name, toObjectSchema(answer.body));
    });
  }
  return described;
}

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
      ...(field.referenceTo.includes('RecordType') && { recordNames: recordTypes(parsed) }),
    },
  ]);
  const { childRelationships, recordTypeInfos: _, ...rest } = parsed;
  const children = childRelationships.flatMap(({ childSObject, field, relationshipName }) =>
    relationshipName ? [{ relationshipName, object: childSObject, field }] : [],
  );
  return { ...rest, fields: new Map(fields), children };
}

/** The record types that we may give to records of the object. */
function recordTypes({ name, recordTypeInfos }: z.infer<typeof objectSchema>): RecordNames {
  const ids = recordTypeInfos.flatMap(({ recordTypeId, developerName, available }) =>
    available && developerName ? [[developerName, recordTypeId] as const] : [],
  );
  const what = `the developer name of a record type of ${name} that the integration user may use`;
  return { what, ids: new Map(ids), isWhole: true };
}
