import { resolveAlias } from '../attributes/known-attributes.ts';
import { readMatchFields } from '../fields/match-fields.ts';
import type { MappingRow, StoreRow } from '../model/config-rows.ts';
import type { Mapping, Settings } from '../model/mapping.ts';
import { choose, didYouMean, type Problems } from '../model/problems.ts';
import { Refusal } from '../model/refusal.ts';
import { type Resource, RESOURCE_NAMES, RESOURCES } from '../model/resources.ts';
import { type FieldSchema, findField, type ObjectSchema } from '../model/schema.ts';
import { converter } from '../values/convert.ts';

const DIRECTIONS = ['to_salesforce', 'to_woo', 'both'] as const;
const CONFLICT_RULES = ['woo_wins', 'salesforce_wins', 'newest_wins', 'ask'] as const;

/** Key fields shorter than this could not hold the keys of guests. */
const KEY_LENGTH = 64;

/** Checks a mapping record's own fields. Null where they name no object or key to go on with. */
export function readSettings(
  row: MappingRow,
  stores: readonly StoreRow[],
  schemas: ReadonlyMap<string, ObjectSchema>,
  problems: Problems,
): Settings | null {
  const place = row.name;
  const resource = readResource(row, problems);
  const schema = readObject(row, schemas, problems);
  const { code, ...direction } = { code: 'MAPPING_UNKNOWN_DIRECTION', what: 'direction' };
  const chosen = choose(problems, {
    ...{ value: row.direction, choices: DIRECTIONS, blank: 'to_salesforce' as const },
    ...{ ...direction, code, place },
  });
  checkStore(row, stores, problems);
  const conflictRule = readRule(problems, row, 'conflict rule', row.conflictRule, CONFLICT_RULES);
  const whenUnmet = readRule(
    problems,
    row,
    'rule for when the condition is no longer met',
    row.whenUnmet,
    ['keep', 'stop', 'delete'] as const,
  );
  const deleteRule = readRule(problems, row, 'delete rule', row.deleteRule, [
    'keep',
    'flag',
    'delete',
  ] as const);
  if (schema === null) return null;
  const key = readKey(row, schema, problems);
  const deleteFlag = deleteRule === 'flag' ? readDeleteFlag(row, schema, problems) : null;
  if (deleteFlag !== null && deleteFlag.field === key?.name) holdForKeyFlagged(row, key, problems);
  const hasEvents = row.onCreate || row.onUpdate || row.onDelete;
  if (!hasEvents && chosen !== 'to_woo') holdForNoEvents(row, problems);
  if (key === null || resource === null) return null;
  const matchFields = readMatchFields(row, resource, schema, schemas, problems);
  return {
    ...{ name: row.name, label: row.label, store: row.store, resource, schema, key },
    ...{ object: schema.name, keyField: key.name, matchFields, direction: chosen },
    events: { create: row.onCreate, update: row.onUpdate, delete: row.onDelete },
    ...{
      whenUnmet,
      realTime: row.realTime,
      sweepMinutes: readSweepMinutes(row, problems),
      deleteRule,
      deleteFlag,
    },
    ...{ wooMetaKey: readMetaKey(row, resource, problems), conflictRule },
    ...{ createInWoo: row.createInWoo, keepShopImages: row.keepShopImages },
    editsToAllStores: row.editsToAllStores,
  };
}

function readRule<T extends string>(
  problems: Problems,
  { name }: MappingRow,
  what: string,
  value: string | null,
  choices: readonly [T, ...T[]],
): T {
  const code = 'MAPPING_UNKNOWN_RULE';
  return choose(problems, { value, choices, blank: choices[0], code, what, place: name });
}

/** Blank for the usual interval, or that of the resource's other mappings. */
function readSweepMinutes({ name, sweepMinutes }: MappingRow, problems: Problems): number | null {
  if (sweepMinutes === null || (Number.isInteger(sweepMinutes) && sweepMinutes >= 1)) {
    return sweepMinutes;
  }
  problems.hold({
    code: 'MAPPING_SWEEP_MINUTES',
    message: `${name} is swept every ${sweepMinutes} minutes, which would ask the shop without end.`,
    cure: 'Enter the minutes between two sweeps, a whole number of at least 1, such as 15. To stop a mapping, deactivate it.',
  });
  return null;
}

function readResource({ name, resource }: MappingRow, problems: Problems): Resource | null {
  if (blankToNull(resource) === null) {
    problems.hold({
      code: 'MAPPING_NO_RESOURCE',
      message: `${name} does not say which WooCommerce records it maps.`,
      cure: `Choose one of ${RESOURCE_NAMES.join(', ')} as its Woo resource.`,
    });
    return null;
  }
  return choose(problems, {
    ...{ value: resource, choices: RESOURCE_NAMES, blank: 'order' as const },
    ...{ code: 'MAPPING_UNKNOWN_RESOURCE', what: 'Woo resource', place: name },
  });
}

function readObject(
  { name, object }: MappingRow,
  schemas: ReadonlyMap<string, ObjectSchema>,
  problems: Problems,
): ObjectSchema | null {
  const wanted = object?.trim().toLowerCase() ?? '';
  const schema = [...schemas.values()].find((candidate) => candidate.name.toLowerCase() === wanted);
  if (schema) return schema;
  const code = wanted === '' ? 'MAPPING_NO_OBJECT' : 'MAPPING_UNKNOWN_OBJECT';
  problems.hold({
    code,
    message:
      wanted === ''
        ? `${name} does not say which Salesforce object it maps.`
        : `${name} maps the object "${object ?? ''}", which the org does not have or the integration user may not see.`,
    cure: `Choose its Salesforce object, or deploy the object and grant it in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration).`,
  });
  return null;
}

function checkStore(
  { name, store }: MappingRow,
  stores: readonly StoreRow[],
  problems: Problems,
): void {
  if (store === null || stores.some(({ key }) => key === store)) return;
  problems.hold({
    code: 'MAPPING_UNKNOWN_STORE',
    message: `${name} is for the store "${store}", which does not exist.`,
    cure: `${didYouMean(
      store,
      stores.map(({ key }) => key),
    )}Choose an existing store, or leave it blank for all stores.`,
  });
}

function readKey(row: MappingRow, schema: ObjectSchema, problems: Problems): FieldSchema | null {
  const wanted = blankToNull(row.externalIdField) ?? 'Woo_Key__c';
  const field = findField(schema, wanted);
  if (field?.externalId && field.type === 'string' && field.length >= KEY_LENGTH) {
    if (!field.unique) {
      problems.warn({
        code: 'MAPPING_KEY_NOT_UNIQUE',
        message: `${row.name} keeps keys in ${schema.name}.${field.name}, which is not unique: two writers at once could make the same record twice.`,
        cure: `Make ${field.name} unique and case-sensitive.`,
      });
    }
    return field;
  }
  problems.hold({
    code: field ? 'MAPPING_KEY_NOT_EXTERNAL_ID' : 'MAPPING_UNKNOWN_FIELD',
    message: field
      ? `${row.name} keeps keys in ${schema.name}.${field.name}, which is not a text field of at least ${KEY_LENGTH} characters that is an external id.`
      : `${row.name} keeps keys in "${wanted}", which ${schema.name} does not have or the integration user may not see.`,
    cure: 'Choose an external id field of type Text(255), unique and case-sensitive, such as Woo_Key__c.',
  });
  return null;
}

function readMetaKey(row: MappingRow, resource: Resource, problems: Problems): string | null {
  const metaKey = blankToNull(row.wooMetaKey);
  if (metaKey === null) return null;
  const code = 'MAPPING_META_KEY';
  if (!RESOURCES[resource].hasMeta) {
    problems.warn({
      code,
      message: `${row.name} wants the Salesforce id in the custom field "${metaKey}", but WooCommerce lets no custom field of ${resource === 'refund' ? 'a refund' : 'an order item'} be written on its own, so it is not.`,
      cure: 'Leave its Woo Meta Key blank.',
    });
    return null;
  }
  const own = resolveAlias(resource, metaKey);
  if (!metaKey.startsWith('_') || own === metaKey) return metaKey;
  problems.hold({
    code,
    message: `${row.name} wants the Salesforce id in "${metaKey}", where WooCommerce keeps ${own}: it would be overwritten.`,
    cure: 'Choose a Woo Meta Key of your own, such as salesforce_id.',
  });
  return null;
}

function readDeleteFlag(
  row: MappingRow,
  schema: ObjectSchema,
  problems: Problems,
): Mapping['deleteFlag'] {
  const { name, deleteField, deleteValue } = row;
  const field = findField(schema, deleteField ?? '');
  if (!field) {
    problems.hold({
      code: 'MAPPING_NO_DELETE_FIELD',
      message: `${name} flags deleted records in "${deleteField ?? ''}", which ${schema.name} does not have or the integration user may not see.`,
      cure: 'Choose the field that its delete rule writes, or the delete rule keep or delete.',
    });
    return null;
  }
  const value = converter(field, 'reject')?.(deleteValue ?? '') ?? null;
  if (field.updateable && (typeof value === 'string' || typeof value === 'boolean')) {
    return { field: field.name, value };
  }
  problems.hold({
    code: 'MAPPING_BAD_DELETE_VALUE',
    message:
      value instanceof Refusal
        ? `${name}: its delete value ${value.reason}.`
        : `${name} cannot write its delete value "${deleteValue ?? ''}" to ${field.name}.`,
    cure: `Choose a checkbox, text or picklist field that can be edited, and a value that it takes.`,
  });
  return null;
}

/** The key gone, the record would be a stranger to its order or product in the shop. */
function holdForKeyFlagged({ name }: MappingRow, key: FieldSchema, problems: Problems): void {
  problems.hold({
    code: 'MAPPING_FIELD_TWICE',
    message: `${name} flags deleted records in ${key.name}, which holds the record's key.`,
    cure: 'Choose another field for its delete rule to write.',
  });
}

function holdForNoEvents({ name }: MappingRow, problems: Problems): void {
  problems.hold({
    code: 'MAPPING_NO_EVENTS',
    message: `${name} has none of On Create, On Update and On Delete, so nothing ever happens.`,
    cure: 'Check those that it is for; to stop a mapping, deactivate it.',
  });
}

function blankToNull(value: string | null): string | null {
  return value === null || value.trim() === '' ? null : value.trim();
}
