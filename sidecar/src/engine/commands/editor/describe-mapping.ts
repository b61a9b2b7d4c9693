import { z } from 'zod';
import { CodedError } from '../../../errors/coded-error.ts';
import { orderItems } from '../../../mapping/attributes/order-items.ts';
import { RESOURCE_NAMES, type Resource } from '../../../mapping/model/resources.ts';
import type { FieldSchema } from '../../../mapping/model/schema.ts';
import { isRequired } from '../../../mapping/build/fill-field.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import type { WooStore } from '../../../ports/store.ts';
import { type CommandsParts, type CommandResult, quoted, storeOf, type Work } from '../command.ts';
import { DATA_LENGTH, resultData } from '../output/result-text.ts';
import { attributesOf } from './attributes-of.ts';
import { parseArguments } from './draft-mapping.ts';
import { latestRecord } from './latest-record.ts';

const asked = z.strictObject({
  object: z.string().trim().min(1),
  resource: z.enum(RESOURCE_NAMES),
  /** From 1: a result that is longer than the record takes comes in parts. */
  part: z.number().int().positive().default(1),
});

/** For names and numbers around the entries of a part. */
const HEAD = 2000;

/**
 * Says what a mapping can be made of: the fields of an object as the integration user may use them, and the attributes
 * of a resource with the values of its latest record, custom fields included. Writes nothing.
 * @throws CodedError where the arguments cannot be read, or the user may not see the object
 */
export async function describeForMapping(
  { org }: CommandsParts,
  { command, setup }: Work,
): Promise<CommandResult> {
  const { object, resource, part } = parseArguments(command.arguments, asked);
  const { store } = storeOf(command, setup);
  const described = (await org.describe([object])).values().next().value;
  if (described === undefined) throw notVisible(object);
  const record = await sampleOf(store, resource);
  const entries: readonly Entry[] = [
    ...[...described.fields.values()].map((field) => ['fields', describeField(field)] as const),
    ...attributesOf(resource, record, store).map((one) => ['attributes', one] as const),
  ];
  const parts = inParts(entries);
  const chosen = parts[part - 1] ?? [];
  const of = (kind: Entry[0]) => chosen.flatMap(([name, one]) => (name === kind ? [one] : []));
  const { name, label, createable, updateable } = described;
  const text = resultData({
    ...{ object: { name, label, createable, updateable }, resource, store: store.key },
    ...{ part, parts: parts.length, fields: of('fields'), attributes: of('attributes') },
  });
  return { failed: false, text, isData: true };
}

type Entry = readonly [kind: 'fields' | 'attributes', entry: unknown];

/** As many entries in a part as the record takes. */
function inParts(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const parts: Entry[][] = [[]];
  let left = DATA_LENGTH - HEAD;
  for (const entry of entries) {
    const size = resultData(entry[1]).length + 1;
    if (size > left) {
      parts.push([]);
      left = DATA_LENGTH - HEAD;
    }
    left -= size;
    parts.at(-1)?.push(entry);
  }
  return parts;
}

function describeField(field: FieldSchema) {
  const { name, label, type, length, createable, updateable, referenceTo, picklistValues } = field;
  return {
    ...{ name, label, type, length, createable, updateable, required: isRequired(field) },
    ...(referenceTo.length > 0 && { referenceTo }),
    ...(picklistValues.length > 0 && {
      restricted: field.restrictedPicklist,
      values: picklistValues.slice(0, MOST_VALUES),
    }),
  };
}

/** Values of a picklist that are named: some have thousands. */
const MOST_VALUES = 200;

/** Of items, the first one of the latest order. */
async function sampleOf(store: WooStore, resource: Resource): Promise<WooRecord | null> {
  const record = await latestRecord(store, resource);
  if (resource !== 'order_item') return record;
  return record === null ? null : (orderItems(record)[0] ?? null);
}

function notVisible(object: string): CodedError {
  return new CodedError(
    'OBJECT_NOT_VISIBLE',
    `The org does not have ${quoted(object)}, or the integration user may not see it.`,
    'Grant read on the object in a permission set of your own that the integration user has.',
  );
}
