import { z } from 'zod';
import { CodedError } from '../../../errors/coded-error.ts';
import { orderItems } from '../../../mapping/attributes/order-items.ts';
import { RESOURCE_NAMES, type Resource } from '../../../mapping/model/resources.ts';
import type { FieldSchema } from '../../../mapping/model/schema.ts';
import { isRequired } from '../../../mapping/build/fill-field.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import type { WooStore } from '../../../ports/store.ts';
import { type CommandsParts, type CommandResult, quoted, storeOf, type Work } from '../command.ts';
import { attributesOf } from './attributes-of.ts';
import { partOf } from './data-result.ts';
import { parseArguments, part } from './draft-mapping.ts';
import { latestRecord } from './latest-record.ts';

const asked = z.strictObject({
  object: z.string().trim().min(1),
  resource: z.enum(RESOURCE_NAMES),
  part,
});

/**
 * Says what a mapping can be made of: the fields of an object as the integration user may use them, and the attributes
 * of a resource with the values of its latest record, custom fields included. Writes nothing.
 * @throws CodedError where the arguments cannot be read, or the user may not see the object
 */
export async function describeForMapping(
  { org }: CommandsParts,
  { command, setup, looking }: Work,
): Promise<CommandResult> {
  const { object, resource, part: wanted } = parseArguments(command.arguments, asked);
  const { store } = storeOf(command, setup);
  const described = (await org.describe([object])).values().next().value;
  if (described === undefined) throw notVisible(object);
  const record = await sampleOf(store, resource);
  const { name, label, createable, updateable } = described;
  const head = {
    object: { name, label, createable, updateable },
    resource,
    store: store.key,
    looking,
  };
  const entries: readonly Entry[] = [
    ...[...described.fields.values()].map((field) => ['fields', describeField(field)] as const),
    ...attributesOf(resource, record, store).map((one) => ['attributes', one] as const),
  ];
  const make = (chosen: readonly Entry[]) => {
    const of = (kind: Entry[0]) => chosen.flatMap(([list, one]) => (list === kind ? [one] : []));
    return { ...head, fields: of('fields'), attributes: of('attributes') };
  };
  return partOf({ entries, make }, wanted);
}

type Entry = readonly [list: 'fields' | 'attributes', entry: unknown];

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
