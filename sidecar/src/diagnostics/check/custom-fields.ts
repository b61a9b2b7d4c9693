import { parsePath } from '../../mapping/attributes/attribute-path.ts';
import { resolveAlias } from '../../mapping/attributes/known-attributes.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import { type Finding, hint } from './finding.ts';

/** A custom field of the shop cannot be looked up anywhere: only whether some record has it. */
export function checkCustomField(
  resource: Resource,
  row: { readonly name: string; readonly attribute: string | null },
  records: readonly WooRecord[],
): Finding[] {
  const { name: place } = row;
  const path = parsePath(resource, resolveAlias(resource, row.attribute?.trim() ?? '')).path;
  if (!path || !/^(?:meta_data|acf)\./.test(path.canonical) || records.length === 0) return [];
  if (records.some((record) => (path.get(record, null) ?? null) !== null)) return [];
  return [
    hint({
      ...{ code: 'CHECK_NOT_SEEN', place },
      message: `${place} reads ${path.canonical}, which none of the ${records.length} records looked at has.`,
      cure: 'Custom fields are found by their exact key, capitals included; right if only few records have it.',
    }),
  ];
}
