import { parsePath } from '../../mapping/attributes/attribute-path.ts';
import { resolveAlias } from '../../mapping/attributes/known-attributes.ts';
import { isObject } from '../../mapping/model/json-shape.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { Mapped } from '../../mapping/model/resources.ts';
import { type Finding, hint, warning } from './finding.ts';

/** A custom field of the shop cannot be looked up anywhere: only whether some record has it. */
export function checkCustomField(
  mapped: Mapped,
  row: { readonly name: string; readonly attribute: string | null },
  records: readonly WooRecord[],
): Finding[] {
  const { name: place } = row;
  const { resource } = mapped;
  const path = parsePath(resource, resolveAlias(resource, row.attribute?.trim() ?? '')).path;
  if (!path || !/^(?:meta_data|acf)\./.test(path.canonical) || records.length === 0) return [];
  const isAcf = path.segments[0] === 'acf';
  if (isAcf && records.every(hidesAcf)) return [acfHidden(mapped, place, path.canonical, records)];
  const seen = isAcf ? records.filter((record) => !hidesAcf(record)) : records;
  if (seen.some((record) => (path.get(record, null) ?? null) !== null)) return [];
  return [
    hint({
      code: 'CHECK_NOT_SEEN',
      place,
      message: `${place} reads ${path.canonical}, which none of the ${records.length} records looked at has.`,
      cure: 'Custom fields are found by their exact key, capitals included; right if only few records have it.',
    }),
  ];
}

/** ACF answers an empty list, not an empty object, where it shows none of the groups that a record has. */
function hidesAcf({ acf }: WooRecord): boolean {
  return isObject(acf) ? Object.keys(acf).length === 0 : Array.isArray(acf) && acf.length === 0;
}

function acfHidden(
  { resource, contentType }: Mapped,
  place: string,
  attribute: string,
  { length }: readonly WooRecord[],
): Finding {
  return warning({
    code: 'CHECK_ACF_HIDDEN',
    place,
    message: `${place} reads ${attribute}, but ACF shows no field of the type ${contentType ?? resource} to the REST API: acf is empty in all of the ${length} records looked at.`,
    cure: `In WordPress open the field group (ACF › Field Groups), switch on Show in REST API in its Group Settings, and see that the group is shown for ${contentType ?? resource}.`,
  });
}
