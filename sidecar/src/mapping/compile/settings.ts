import { readMatchFields } from '../fields/match-fields.ts';
import type { MappingRow, MappingSource, StoreRow, TransitionRow } from '../model/config-rows.ts';
import type { Settings } from '../model/mapping.ts';
import { choose, didYouMean, type Problems } from '../model/problems.ts';
import { type Resource, RESOURCE_NAMES, RESOURCES } from '../model/resources.ts';
import type { ObjectSchema } from '../model/schema.ts';
import { readDeleteFlag } from './delete-flag.ts';
import { readKey, readMetaKey } from './key-fields.ts';
import { readTransitions } from '../to-woo/transitions.ts';

const DIRECTIONS = ['to_salesforce', 'to_woo', 'both'] as const;
const CONFLICT_RULES = ['woo_wins', 'salesforce_wins', 'newest_wins', 'ask'] as const;

/** Checks a mapping record's own fields. Null where they name no object or key to go on with. */
export function readSettings(
  row: MappingRow,
  { stores, transitions = [] }: Pick<MappingSource, 'stores' | 'transitions'>,
  schemas: ReadonlyMap<string, ObjectSchema>,
  problems: Problems,
): Settings | null {
  const place = row.name;
  const resource = readResource(row, problems);
  const contentType = readContentType(row, resource, problems);
  const schema = readObject(row, schemas, problems);
  const { code, ...direction } = { code: 'MAPPING_UNKNOWN_DIRECTION', what: 'direction' };
  const chosen = choose(problems, {
    value: row.direction,
    choices: DIRECTIONS,
    blank: 'to_salesforce' as const,
    ...direction,
    code,
    place,
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
  const deleteFlag = deleteRule === 'flag' ? readDeleteFlag(row, schema, key, problems) : null;
  const hasEvents = row.onCreate || row.onUpdate || row.onDelete;
  if (!hasEvents && chosen !== 'to_woo') holdForNoEvents(row, problems);
  if (key === null || resource === null) return null;
  const matchFields = readMatchFields(row, resource, schema, schemas, problems);
  return {
    name: row.name,
    label: row.label,
    store: row.store,
    resource,
    contentType,
    schema,
    key,
    object: schema.name,
    keyField: key.name,
    matchFields,
    direction: chosen,
    events: { create: row.onCreate, update: row.onUpdate, delete: row.onDelete },
    whenUnmet,
    realTime: row.realTime,
    sweepMinutes: readSweepMinutes(row, problems),
    deleteRule,
    deleteFlag,
    wooMetaKey: readMetaKey(row, resource, problems),
    conflictRule,
    createInWoo: row.createInWoo,
    keepShopImages: row.keepShopImages,
    editsToAllStores: row.editsToAllStores,
    transitions: readTransitions(resource, transitions.filter(isOf(row)), problems),
  };
}

const isOf =
  ({ name }: MappingRow) =>
  ({ mapping }: TransitionRow): boolean =>
    mapping?.toLowerCase() === name.toLowerCase();

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
  if (resource === null || resource.trim() === '') {
    problems.hold({
      code: 'MAPPING_NO_RESOURCE',
      message: `${name} does not say which WooCommerce records it maps.`,
      cure: `Choose one of ${RESOURCE_NAMES.join(', ')} as its Woo resource.`,
    });
    return null;
  }
  return choose(problems, {
    value: resource,
    choices: RESOURCE_NAMES,
    blank: 'order' as const,
    code: 'MAPPING_UNKNOWN_RESOURCE',
    what: 'Woo resource',
    place: name,
  });
}

const TYPE = /^[a-z\d][a-z\d_-]{0,31}$/;
/** What keys have where a type would be. */
const TAKEN: ReadonlySet<string> = new Set([
  'guest',
  ...RESOURCE_NAMES.flatMap((name) => RESOURCES[name].keyType ?? []),
]);

/** Which of WordPress's content; null for every other resource. */
function readContentType(
  { name, contentType }: MappingRow,
  resource: Resource | null,
  problems: Problems,
): string | null {
  if (resource !== 'content') return null;
  const type = contentType?.trim().toLowerCase() ?? '';
  if (TYPE.test(type) && !TAKEN.has(type)) return type;
  problems.hold({
    code: 'MAPPING_NO_CONTENT_TYPE',
    message:
      type === ''
        ? `${name} does not say which content of WordPress it maps.`
        : `${name} maps content of the type "${type}", which ${TAKEN.has(type) ? 'has a Woo resource of its own' : 'is no name of a type'}.`,
    cure: 'Enter the name of a type that WordPress shows in its REST API, in small letters: post, page, attachment, user, category, post_tag, or that of a custom post type or taxonomy. woo-salesforce check lists them.',
  });
  return null;
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

function holdForNoEvents({ name }: MappingRow, problems: Problems): void {
  problems.hold({
    code: 'MAPPING_NO_EVENTS',
    message: `${name} has none of On Create, On Update and On Delete, so nothing ever happens.`,
    cure: 'Check those that it is for; to stop a mapping, deactivate it.',
  });
}
