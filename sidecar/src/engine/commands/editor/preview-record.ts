import type { MappingExplanation } from '../../../diagnostics/explain/explain.ts';
import type { ToShop } from '../../../diagnostics/explain/to-shop.ts';
import type { MappedField } from '../../../mapping/model/mapping.ts';
import type { FieldTrace, LookupTrace } from '../../../mapping/model/trace.ts';
import { shortened } from './data-result.ts';

/** A record with what its conditions and rows come to. */
export type RecordPreview = ReturnType<typeof previewRecord>;

/** What a mapping makes of one record, as the editor shows it beside the rows. */
export function previewRecord(
  title: string,
  one: MappingExplanation,
  mapped: readonly MappedField[],
) {
  const { trace, action, why, recordId } = one;
  const { key, met, logic, conditions, fields, lookups } = trace;
  const place = (field: string) => mapped.find((row) => row.field === field)?.place ?? null;
  return {
    title,
    key,
    action,
    why,
    recordId,
    met,
    logic,
    conditions: conditions.map((condition) => ({
      ...condition,
      expected: shortened(condition.expected),
      actual: shortened(condition.actual),
    })),
    rows: [
      ...fields.map((row) => ({ place: place(row.field), ...ofField(row, one) })),
      ...lookups.map((row) => ({ place: place(row.field), ...ofLookup(row, one) })),
      ...one.toShop.map(ofToShop),
    ],
  };
}

function ofField(trace: FieldTrace, one: MappingExplanation) {
  const { source, transformed, result, problem, ...rest } = trace;
  return {
    ...rest,
    ...inOrg(trace.field, one),
    problem: problem && said(problem),
    source: shortened(source),
    transformed: shortened(transformed),
    result: shortened(result),
  };
}

function ofLookup(trace: LookupTrace, one: MappingExplanation) {
  const { source, key, problem, ...rest } = trace;
  const referred = one.references.find(({ field }) => field === trace.field);
  return {
    kind: 'lookup',
    ...rest,
    ...inOrg(trace.field, one),
    problem: problem && said(problem),
    source: shortened(source),
    result: shortened(key),
    refersTo: referred?.recordId ?? null,
  };
}

function ofToShop({ now, shop, problem, ...rest }: ToShop) {
  return {
    ...rest,
    direction: 'to_woo',
    now: shortened(now),
    shop: shortened(shop),
    problem: problem && said(problem),
  };
}

/** What Salesforce has now, whether that is the same, and why it would stay. */
function inOrg(field: string, { beside, stays }: MappingExplanation) {
  const there = beside.find((one) => one.field === field);
  return { now: shortened(there?.now), same: there?.same ?? null, stays: stays[field] ?? null };
}

function said({ code, message }: { readonly code: string; readonly message: string }) {
  return { code, message };
}
