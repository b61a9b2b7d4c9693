import { currencyObjects } from '../mapping/attributes/customer-totals.ts';
import { matchedObjects } from '../mapping/fields/match-fields.ts';
import type { MappingSource } from '../mapping/model/config-rows.ts';
import type { DescribedObject, Org } from '../ports/org.ts';
import { withRecordNames } from './record-names.ts';

/**
 * The schemas of all objects that mappings write to or match by, with the users and queues that they name. One API call,
 * rarely two; one where users are named, and one where queues are.
 */
export async function describeMapped(
  org: Org,
  source: MappingSource,
): Promise<ReadonlyMap<string, DescribedObject>> {
  const schemas = new Map(await org.describe(objectsOf(source)));
  const active = source.mappings.filter((mapping) => mapping.active);
  const others = await org.describe(matchedObjects(active, schemas));
  return withRecordNames(org, source, new Map([...schemas, ...others]));
}

/** Objects that mappings write to: what describe is asked for. */
function objectsOf({ mappings }: MappingSource): readonly string[] {
  const active = mappings.filter((mapping) => mapping.active);
  const objects = [...new Set(active.flatMap(({ object }) => object ?? []))];
  return [...objects, ...currencyObjects(objects)];
}
