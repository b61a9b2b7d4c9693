import { z } from 'zod';
import { sideOf } from '../../../errors/catalogue.ts';
import { CodedError } from '../../../errors/coded-error.ts';
import { type Mapped, RESOURCE_NAMES } from '../../../mapping/model/resources.ts';
import type { FieldSchema } from '../../../mapping/model/schema.ts';
import { isRequired } from '../../../mapping/build/fill-field.ts';
import type { WooReports, WooStore } from '../../../ports/store.ts';
import { type CommandsParts, type CommandResult, quoted, storeOf, type Work } from '../command.ts';
import { attributesOf } from './attributes-of.ts';
import { partOf } from './data-result.ts';
import { parseArguments, part } from './draft-mapping.ts';
import { recentRecords } from './latest-record.ts';
import { type ShopValues, statusesOf, valuesOf } from './values-of.ts';

const asked = z.strictObject({
  object: z.string().trim().min(1),
  resource: z.enum(RESOURCE_NAMES),
  /** Of WordPress's content. */
  contentType: z.string().trim().toLowerCase().nullish(),
  part,
});

/**
 * Says what a mapping can be made of: the fields of an object as the integration user may use them, and the attributes
 * of a resource with values of its latest records, custom fields included. Writes nothing.
 * @throws CodedError where the arguments cannot be read, or the user may not see the object
 */
export async function describeForMapping(
  { org }: CommandsParts,
  { command, setup, looking }: Work,
): Promise<CommandResult> {
  const {
    object,
    resource,
    contentType = null,
    part: wanted,
  } = parseArguments(command.arguments, asked);
  const { store } = storeOf(command, setup);
  const described = (await org.describe([object])).values().next().value;
  if (described === undefined) throw notVisible(object);
  const shop = await shopOf(store, {
    resource,
    contentType: resource === 'content' ? contentType || null : null,
  });
  const { name, label, createable, updateable } = described;
  const head = {
    object: { name, label, createable, updateable },
    resource,
    store: store.key,
    looking,
    problem: shop.problem,
  };
  const entries: readonly Entry[] = [
    ...[...described.fields.values()].map((field) => ['fields', describeField(field)] as const),
    ...shop.attributes.map((one) => ['attributes', one] as const),
    ...shop.values.map((one) => ['values', one] as const),
  ];
  const make = (chosen: readonly Entry[]) => {
    const of = (kind: Entry[0]) => chosen.flatMap(([list, one]) => (list === kind ? [one] : []));
    const values = Object.fromEntries(of('values') as readonly ShopValues[]);
    return { ...head, fields: of('fields'), attributes: of('attributes'), values };
  };
  return partOf({ entries, make }, wanted);
}

type Entry = readonly [list: 'fields' | 'attributes' | 'values', entry: unknown];

/** What the shop has; where it does not answer, the names alone and why. */
async function shopOf(store: WooStore & WooReports, mapped: Mapped) {
  const { resource } = mapped;
  try {
    const records = await recentRecords(store, mapped);
    const attributes = attributesOf(resource, records, store);
    const custom = attributes
      .map(({ name }) => name)
      .filter((name) => /^(?:meta_data|acf)\./.test(name));
    const statuses = await statusesOf(store, resource, records);
    const values = [...statuses, ...valuesOf(resource, records, custom, store)];
    return { attributes, values, problem: null };
  } catch (error) {
    if (!(error instanceof CodedError) || !isOfShop(error)) throw error;
    const { code, message, cure } = error;
    return {
      attributes: attributesOf(resource, [], store),
      values: [],
      problem: { code, message, cure },
    };
  }
}

function isOfShop(error: CodedError): boolean {
  return sideOf(error) === 'store' || error.code.startsWith('CONTENT_');
}

function describeField(field: FieldSchema) {
  const { name, label, type, length, createable, updateable, externalId } = field;
  const { referenceTo, picklistValues } = field;
  return {
    name,
    label,
    type,
    length,
    createable,
    updateable,
    required: isRequired(field),
    ...(externalId && { externalId }),
    ...(referenceTo.length > 0 && { referenceTo }),
    ...(picklistValues.length > 0 && {
      restricted: field.restrictedPicklist,
      values: picklistValues.slice(0, MOST_VALUES),
    }),
  };
}

/** Values of a picklist that are named: some have thousands. */
const MOST_VALUES = 200;

function notVisible(object: string): CodedError {
  return new CodedError(
    'OBJECT_NOT_VISIBLE',
    `The org does not have ${quoted(object)}, or the integration user may not see it.`,
    'Grant read on the object in a permission set of your own that the integration user has.',
  );
}
