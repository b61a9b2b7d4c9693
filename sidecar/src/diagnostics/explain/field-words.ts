import type { FieldTrace, LookupTrace } from '../../mapping/model/trace.ts';
import type { MappingExplanation } from './explain.ts';
import type { Show } from './wording.ts';

/** A field's way from the shop to Salesforce, in pieces that a table or a line puts together. */
export interface FieldWords {
  readonly field: string;
  readonly from: string;
  /** What the shop holds; null where nothing of it is read. */
  readonly source: string | null;
  readonly written: string;
  /** What Salesforce holds now; null where that is not known. */
  readonly now: string | null;
}

/** All fields of a mapping, lookups last. */
export function fieldWords(one: MappingExplanation, show: Show): readonly FieldWords[] {
  const { fields, lookups } = one.trace;
  return [
    ...fields.map((field) => ofField(field, one, show)),
    ...lookups.map((lookup) => ofLookup(lookup, one, show)),
  ];
}

function ofField(trace: FieldTrace, one: MappingExplanation, show: Show): FieldWords {
  const { field, kind, attribute, transform, source, result, problem, writeWhen, note } = trace;
  const steps = [
    ...(transform === 'none' ? [] : [transform]),
    ...(kind === 'translation' ? ['value table'] : []),
  ];
  const by = steps.length === 0 ? '' : ` (${steps.join(', ')})`;
  const said = [
    problem ? problem.code : (one.stays[field] ?? show(result)),
    ...(trace.defaultUsed ? ['the default'] : []),
    ...(trace.cut ? ['cut to the field'] : []),
    ...(writeWhen === 'always' ? [] : [writeWhen]),
    ...(note === null ? [] : [note]),
  ];
  return {
    field,
    from: kind === 'static' ? 'static value' : `${attribute}${by}`,
    source: kind === 'static' ? null : show(source),
    written: said.join('; '),
    now: heldNow(field, one, show),
  };
}

function ofLookup(trace: LookupTrace, one: MappingExplanation, show: Show): FieldWords {
  const { field, attribute, source, problem, writeWhen } = trace;
  const written = problem ? problem.code : (one.stays[field] ?? lookupWritten(trace, one, show));
  return {
    field,
    from: `${attribute} (lookup)`,
    source: show(source),
    written: writeWhen === 'always' ? written : `${written}; ${writeWhen}`,
    now: heldNow(field, one, show),
  };
}

/** What a lookup would be written as: the record that it leads to, and whether that is there. */
function lookupWritten(
  { field, object, key }: LookupTrace,
  { references }: MappingExplanation,
  show: Show,
): string {
  if (typeof key !== 'string') return show(key);
  const referred = references.find((reference) => reference.field === field);
  const there =
    referred?.recordId ?? (referred?.explained ? 'written before it' : 'not in Salesforce');
  return `${object} ${key} (${there})`;
}

function heldNow(
  field: string,
  { beside, recordId }: MappingExplanation,
  show: Show,
): string | null {
  const there = beside.find((one) => one.field === field);
  if (recordId === null || there === undefined) return null;
  return there.same === true ? 'the same' : show(there.now);
}
