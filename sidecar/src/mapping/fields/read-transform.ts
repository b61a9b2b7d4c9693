import type { Path } from '../attributes/attribute-path.ts';
import { wrongPart } from '../attributes/path-parts.ts';
import type { FieldMappingRow } from '../model/config-rows.ts';
import { choose, type Problems } from '../model/problems.ts';
import type { Resource } from '../model/record.ts';
import { lower } from '../model/resource-of.ts';
import type { FieldSchema } from '../model/schema.ts';
import { addressTransform } from '../values/address.ts';
import { isEmpty } from '../values/convert.ts';
import { partsOf } from '../values/template.ts';
import {
  type Apply,
  takesArgument,
  type Transform,
  transformer,
  transformerBy,
  TRANSFORMS,
} from '../values/transforms.ts';

const ADDRESSES: ReadonlySet<string> = new Set(['billing', 'shipping']);

export function readTransform(row: FieldMappingRow, problems: Problems): Transform {
  return choose(problems, {
    value: row.transform,
    choices: TRANSFORMS,
    blank: 'none' as const,
    code: 'MAPPING_UNKNOWN_TRANSFORM',
    what: 'transform',
    place: row.name,
  });
}

/** What a row's transform does to the values of its path; null for nothing. */
export function readApply(
  row: FieldMappingRow,
  path: Path,
  field: FieldSchema,
  transform: Transform,
  problems: Problems,
): Apply | null {
  checkAddress(row, path, transform, problems);
  if (transform === 'address') return addressTransform(path.canonical, field);
  if (!takesArgument(transform)) return transformer(transform);
  const argument = row.transformArgument?.trim() ?? '';
  const made = argument === '' ? 'is missing' : transformerBy(transform, argument);
  if (typeof made !== 'string') return made;
  problems.hold({
    code: 'MAPPING_TRANSFORM_ARGUMENT',
    place: row.name,
    cure: CURES[transform],
    message: `${row.name} has the transform ${transform}, whose argument ${argument === '' ? '' : `"${argument}" `}${made}.`,
  });
  return null;
}

const CURES = {
  slice:
    'Enter from and to as its transform argument, whole numbers that count from 0, or from the end where they are negative: 0,10 for the first ten characters, -4 for the last four.',
  regex:
    'Enter a regular expression of RE2 as its transform argument, such as INV-([0-9]+), of which the first group is taken; RE2 has no look-around such as (?=a) and no references such as \\1.',
  template:
    'Enter a text with names of parts in braces as its transform argument, such as {first_name} {last_name}.',
};

/** A template names parts of its group as a path does. */
export function checkParts(
  resource: Resource,
  { name: place, transformArgument }: FieldMappingRow,
  { canonical, segments }: Path,
  transform: Transform,
  problems: Problems,
): void {
  if (transform !== 'template') return;
  for (const part of partsOf(transformArgument ?? '')) {
    const wrong = wrongPart(resource, [...segments, part]);
    if (wrong === null) continue;
    problems.hold({
      code: 'MAPPING_BAD_PATH',
      place,
      message: `${place} has the part {${part}} of ${canonical} in its transform argument, but ${wrong.why}.`,
      cure: `${wrong.cure} In braces stands the part alone.`,
    });
  }
}

/** An argument that nothing goes by would be taken for one that does. */
export function holdForIdleArgument(row: FieldMappingRow, problems: Problems): void {
  const { name: place, kind, transform, transformArgument } = row;
  const known = TRANSFORMS.find((one) => one === lower(transform));
  // A transform that does not exist is reported already.
  const isUnknown = known === undefined && !isEmpty(transform);
  if (isEmpty(transformArgument) || isUnknown) return;
  const ofKind = ['static', 'lookup'].find((one) => one === lower(kind));
  if (ofKind === undefined && takesArgument(known ?? 'none')) return;
  const [what, cure] =
    ofKind === undefined
      ? [`transform ${known ?? 'none'}`, 'choose the transform slice, regex or template']
      : [`kind ${ofKind}`, 'choose the kind attribute or translation'];
  problems.hold({
    code: 'MAPPING_TRANSFORM_ARGUMENT',
    place,
    message: `${place} has the transform argument "${transformArgument ?? ''}", and the ${what} takes none.`,
    cure: `Empty the transform argument, or ${cure}.`,
  });
}

function checkAddress(
  { name: place }: FieldMappingRow,
  { canonical, segments }: Path,
  transform: Transform,
  problems: Problems,
): void {
  if (transform !== 'street' && transform !== 'address') return;
  const [address = ''] = segments;
  const wanted = transform === 'street' ? 1 : 2;
  if (ADDRESSES.has(address) && segments.length <= wanted) return;
  problems.hold({
    code: 'MAPPING_TRANSFORM_ATTRIBUTE',
    place,
    message: `${place} has the transform ${transform}, but reads ${canonical}, which is not ${transform === 'street' ? 'an address' : 'a part of an address'}.`,
    cure: `Choose ${transform === 'street' ? 'the attribute billing or shipping' : 'an attribute such as billing.state or shipping.country'}, or another transform.`,
  });
}
