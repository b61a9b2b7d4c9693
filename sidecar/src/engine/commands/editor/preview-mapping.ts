import { checkCondition } from '../../../diagnostics/check/conditions.ts';
import { checkFieldType } from '../../../diagnostics/check/fields.ts';
import type { Finding } from '../../../diagnostics/check/finding.ts';
import { explain, type ExplainOptions } from '../../../diagnostics/explain/explain.ts';
import type { Subject } from '../../../diagnostics/explain/subject.ts';
import { withRecordNames } from '../../../diagnostics/record-names.ts';
import { CodedError } from '../../../errors/coded-error.ts';
import { matchedObjects } from '../../../mapping/fields/match-fields.ts';
import { compileMappings } from '../../../mapping/compile/compile.ts';
import type { MappingSource, Problem } from '../../../mapping/model/config-rows.ts';
import { forStore } from '../../../mapping/model/for-store.ts';
import type { Mapping } from '../../../mapping/model/mapping.ts';
import { lower, resourceOf } from '../../../mapping/model/resource-of.ts';
import type { FieldSchema, ObjectSchema } from '../../../mapping/model/schema.ts';
import type { Org } from '../../../ports/org.ts';
import type { WooReports, WooStore } from '../../../ports/store.ts';
import { type CommandsParts, type CommandResult, storeOf, type Work } from '../command.ts';
import { type DraftMapping, parseDraft, withDraft } from './draft-mapping.ts';
import { latestId } from './latest-record.ts';
import { previewRecord } from './preview-record.ts';
import { isShort, partOf } from './data-result.ts';
import { previewAnswer } from './preview-answer.ts';
import { namedStatuses } from './values-of.ts';
import { wholeArguments } from './whole-arguments.ts';

/** Records that one answer shows at most: an order may have hundreds of items. */
const MOST = 8;

/** Errors of the record that was asked for, not of the mapping. */
const NO_RECORD: ReadonlySet<string> = new Set(['RECORD_ID_INVALID', 'RECORD_NOT_FOUND']);

/**
 * Says what a mapping that is edited would make of a record: each row's value before and after, what is wrong with it,
 * and what would be written. By the steps of `explain`; nothing is written, and the draft is kept nowhere.
 * A record that the shop does not have keeps no mapping from being checked.
 * @throws CodedError where the draft cannot be read
 */
export async function previewMapping(
  { org, state }: CommandsParts,
  { command, setup, looking }: Work,
): Promise<CommandResult> {
  const draft = parseDraft(await wholeArguments(org, command));
  const own = setup.stores.find((one) => one.store.key === draft.mapping.store);
  const { store } = own ?? storeOf(command, setup);
  const source = withDraft(setup.compiledOf.source, draft);
  const schemas = await describeDraft(org, setup.compiledOf.schemas, source, draft);
  const compiled = compileMappings(source, schemas);
  const ofRows = compiled.problems.filter(({ mapping }) => mapping === draft.mapping.name);
  const held = ofRows.some(({ fatal }) => fatal);
  const doubts = [...doubtedTypes(schemas, draft), ...(await unknownWords(store, draft))];
  const problems = [...ofRows, ...doubts.map((one) => problemOf(draft, one))];
  // What is right is shown beside what is wrong.
  const shown = held ? compileRight(source, draft, problems, schemas) : compiled;
  const mappings = forStore(shown.mappings, store.key);
  const mapping = mappings.find((one) => one.name === draft.mapping.name);
  const { id: record, count } = await recordOf(store, mapping, draft);
  const options = { org, state, store, mappings, problems: [] };
  const { parts, recordProblem } =
    mapping && record !== null
      ? await explained(options, mapping, record)
      : { parts: [], recordProblem: null };
  const records = parts.flatMap(({ title, mappings: all }) =>
    all
      .filter((one) => one.mapping === draft.mapping.name)
      .map((one) => previewRecord(title, one, mapping?.fields ?? [])),
  );
  const head = {
    mapping: draft.mapping.name,
    store: store.key,
    record,
    recordProblem,
    count,
    held,
    problems,
    looking,
  };
  const answer = (most: number) => previewAnswer(head, records, most);
  let most = Math.min(MOST, records.length);
  while (most > 1 && !isShort(answer(most))) most -= 1;
  return partOf(answer(most), draft.part);
}

/**
 * Conditions that wait for a word which nothing has: no record would ever meet them. One request where an order's
 * status is none of WooCommerce's own, since plugins have others.
 */
async function unknownWords(
  store: WooReports,
  { mapping, conditions }: DraftMapping,
): Promise<readonly Finding[]> {
  const [resource] = resourceOf(mapping);
  if (resource === undefined) return [];
  const doubted = conditions.filter(
    (row) => row.active && checkCondition(resource, row, []).length > 0,
  );
  if (doubted.length === 0) return [];
  const named = resource === 'order' ? await namedStatuses(store) : [];
  const records = named.map(({ slug }) => ({ status: slug }));
  return doubted.flatMap((row) => checkCondition(resource, row, records));
}

/** Attributes that fill a field with texts which it may not take, though the record that is shown may have none. */
function doubtedTypes(
  schemas: ReadonlyMap<string, ObjectSchema>,
  { mapping, fields }: DraftMapping,
): readonly Finding[] {
  const [resource] = resourceOf(mapping);
  const schema = [...schemas.values()].find(({ name }) => lower(name) === lower(mapping.object));
  if (resource === undefined || schema === undefined) return [];
  return fields
    .filter((row) => row.active && (lower(row.direction) || lower(mapping.direction)) !== 'to_woo')
    .flatMap((row) => checkFieldType(resource, row, schema));
}

function problemOf({ mapping }: DraftMapping, { code, place, message, cure }: Finding): Problem {
  return { code, place, message, cure, mapping: mapping.name, fatal: false };
}

/** The parts of a record, or why the shop has none such. */
async function explained(options: ExplainOptions, mapping: Mapping, record: string) {
  try {
    // Items are shown with their order.
    const { parts } = await explain({ ...options, only: mapping.name }, subjectOf(mapping), record);
    return { parts, recordProblem: null };
  } catch (error) {
    if (!(error instanceof CodedError) || !NO_RECORD.has(error.code)) throw error;
    const { code, message, cure } = error;
    return { parts: [], recordProblem: { code, message, cure } };
  }
}

/** What is explained for its records: a part is shown with its order. */
function subjectOf({ resource }: Mapping): Subject {
  return resource === 'order_item' || resource === 'refund' ? 'order' : resource;
}

/**
 * The known schemas, with that of the draft's object as it is now; one API call, one for what it matches by, and one each
 * where mappings name users or queues.
 */
async function describeDraft(
  org: Org,
  known: ReadonlyMap<string, ObjectSchema>,
  source: MappingSource,
  { mapping: { object } }: DraftMapping,
): Promise<ReadonlyMap<string, ObjectSchema>> {
  const own = object === null ? [] : await org.describe([object]);
  const schemas = new Map([...known, ...own]);
  const active = source.mappings.filter((mapping) => mapping.active);
  const others = matchedObjects(active, schemas);
  const matched = others.length === 0 ? [] : await org.describe(others);
  return withRecordNames(org, source, new Map([...schemas, ...matched]));
}

/** Compiles the draft without the rows that hold it; what they would fill is not required. */
function compileRight(
  source: MappingSource,
  draft: DraftMapping,
  problems: readonly Problem[],
  schemas: ReadonlyMap<string, ObjectSchema>,
) {
  const wrong = new Set(problems.flatMap(({ fatal, place }) => (fatal ? [place] : [])));
  const isRight = ({ name }: { readonly name: string }) => !wrong.has(name);
  const fields = draft.fields.filter(isRight);
  const conditions = draft.conditions.filter(isRight);
  const isWhole = conditions.length === draft.conditions.length;
  const mapping = isWhole ? draft.mapping : { ...draft.mapping, conditionLogic: null };
  const right = { ...draft, mapping, fields, conditions };
  return compileMappings(withDraft(source, right), withoutRequired(schemas, right));
}

/** The schemas as if the object of the draft required no field but those that the draft fills. */
function withoutRequired(
  schemas: ReadonlyMap<string, ObjectSchema>,
  { mapping, fields }: DraftMapping,
): ReadonlyMap<string, ObjectSchema> {
  const filled = new Set(fields.map(({ field, active }) => (active ? lower(field) : '')));
  const eased = ([name, field]: readonly [string, FieldSchema]) =>
    [name, filled.has(name) ? field : { ...field, nillable: true }] as const;
  return new Map(
    [...schemas].map(([name, schema]) => [
      name,
      lower(name) === lower(mapping.object)
        ? { ...schema, fields: new Map([...schema.fields].map(eased)) }
        : schema,
    ]),
  );
}

/** Null as id where the shop has none; null as count where it was not asked for. */
async function recordOf(
  store: WooStore,
  mapping: Mapping | undefined,
  { record }: DraftMapping,
): Promise<{ readonly id: string | null; readonly count: number | null }> {
  if (mapping === undefined) return { id: null, count: null };
  return record === 'latest' ? latestId(store, mapping) : { id: record, count: null };
}
