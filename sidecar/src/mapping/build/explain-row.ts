import { recordKey } from '../keys/keys.ts';
import type { FieldValue, StoreContext, WooRecord } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import type { FieldTrace, LookupTrace, Trace } from '../model/trace.ts';
import { scalarText } from '../values/convert.ts';
import { type Plan, recordProblems } from './build-row.ts';
import type { FieldWriter } from './field-writer.ts';
import { fill, refer, type ReferenceWriter, type Steps } from './fill-field.ts';
import { fieldProblem, referenceProblem } from './value-problems.ts';

const ABSENT = 'The record was sent without the attribute, so the field is left alone.';

/** The function that explains rows of a mapping, by the steps that build them. */
export function explainer(plan: Plan) {
  const { settings, conditions, writers, references } = plan;
  const { resource, name } = settings;
  return (record: WooRecord, store: StoreContext): Trace => {
    const key = recordKey(resource, record, store.key);
    const fields = writers.map((writer) => traceField(name, writer, record, store));
    const lookups = references.map((reference) => traceLookup(name, reference, record, store));
    return {
      key,
      conditions: conditions.all.map(({ position, attribute, operator, expected, ...one }) => {
        const actual = shown(one.read(record));
        const other = shown(one.other?.read(record));
        const common = { position, attribute, operator, actual, met: one.test(actual, other) };
        if (one.other === null) return { ...common, expected, otherAttribute: null };
        return { ...common, expected: other, otherAttribute: one.other.attribute };
      }),
      logic: conditions.logic,
      met: conditions.meets(record),
      fields,
      lookups,
      problems: [
        ...recordProblems(plan, record, key),
        ...[...fields, ...lookups].flatMap(({ problem }) => problem ?? []),
      ],
    };
  };
}

function traceField(
  mapping: string,
  writer: FieldWriter,
  record: WooRecord,
  store: StoreContext,
): FieldTrace {
  const { field, attribute, argument, writeWhen, source } = writer;
  const transform = argument === null ? writer.transform : `${writer.transform} ${argument}`;
  const steps: Steps = {};
  const filled = fill(writer, record, store, steps);
  const refused = filled instanceof Refusal;
  const result = refused ? undefined : filled;
  const transformed = steps.transformed instanceof Refusal ? undefined : steps.transformed;
  return {
    field: field.name,
    kind: kindOf(writer),
    attribute,
    transform,
    transformed,
    result,
    source: source.kind === 'static' ? source.value : shown(steps.source),
    problem: refused ? fieldProblem(mapping, writer, filled) : null,
    defaultUsed: steps.defaultUsed === true,
    cut: isCut(writer, transformed, result),
    writeWhen,
    note: filled === undefined ? ABSENT : (steps.note ?? null),
  };
}

/** Of what cannot be read, the problem says why. */
function shown(read: unknown): unknown {
  return read instanceof Refusal ? undefined : read;
}

function kindOf({ source }: FieldWriter): FieldTrace['kind'] {
  return source.kind === 'attribute' && source.table !== null ? 'translation' : source.kind;
}

/** Whether the text was longer than the field. */
function isCut(
  { field, source }: FieldWriter,
  transformed: unknown,
  result: FieldValue | undefined,
): boolean {
  if (source.kind === 'static' || typeof result !== 'string') return false;
  const whole = scalarText(transformed);
  // Dates and numbers have no length, and come out in another form than they went in.
  const tooLong = typeof whole === 'string' && field.length > 0 && whole.length > field.length;
  return tooLong && whole !== result;
}

function traceLookup(
  mapping: string,
  reference: ReferenceWriter,
  record: WooRecord,
  store: StoreContext,
): LookupTrace {
  const { path, lookup, writeWhen } = reference;
  const key = refer(reference, record, store);
  const refused = key instanceof Refusal;
  return {
    field: lookup.field,
    attribute: path.canonical,
    source: shown(path.get(record, store)),
    object: lookup.object,
    key: refused ? undefined : key,
    problem: refused ? referenceProblem(mapping, reference, key) : null,
    writeWhen,
  };
}
