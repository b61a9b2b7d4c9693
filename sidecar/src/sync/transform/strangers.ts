import type { Mapping } from '../../mapping/model/mapping.ts';
import { originName } from '../../ports/state.ts';
import type { Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';

/**
 * Leaves out rows that refer to a record which is not the one that was synced under its id: a backup was brought back
 * in the shop, and the one in Salesforce is somebody else. Each is reported; an order is held with all that is its own.
 * @param known the records that are others, where the caller has asked the state already
 */
export async function withoutStrangers(
  run: Run,
  planned: readonly Planned[],
  known?: ReadonlySet<string>,
): Promise<readonly Planned[]> {
  if (planned.every(({ row }) => row.lookups.length === 0)) return planned;
  const others = known ?? (await run.state.origins.others(run.store.key));
  if (others.size === 0) return planned;
  const resources = Map.groupBy(run.mappings, ({ object }) => object);
  const stranger = ({ row }: Planned) =>
    row.lookups.find(
      ({ object, key }) =>
        key !== null &&
        resources.get(object)?.some(({ resource }) => others.has(originName({ resource, key }))),
    );
  const left: Planned[] = [];
  const waiting: Planned[] = [];
  for (const one of planned) {
    const lookup = stranger(one);
    if (lookup === undefined) {
      left.push(one);
      continue;
    }
    waiting.push(one);
    const { mapping, key, parentKey, link } = one;
    run.stillDirty.add(key);
    run.report.fail(mapping, {
      key,
      parentKey,
      recordId: link?.recordId ?? null,
      field: lookup.field,
      code: 'PARENT_IS_ANOTHER',
      message: `${lookup.field}: ${lookup.key ?? ''} is another record of the shop than ${lookup.object} has under this key.`,
    });
  }
  await hold(run, waiting);
  return left;
}

async function hold(run: Run, waiting: readonly Planned[]): Promise<void> {
  const byResource = Map.groupBy(waiting, ({ mapping }): Mapping['resource'] => mapping.resource);
  for (const [resource, those] of byResource) {
    const known = await run.state.origins.find(
      resource,
      those.map(({ key }) => key),
    );
    const held = [...known.values()].map((one) => ({ ...one, isHeld: true }));
    await run.state.origins.save(resource, held);
  }
}
