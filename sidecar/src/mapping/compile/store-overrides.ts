import type { MappingRow, StoreRow } from '../model/config-rows.ts';
import type { Draft } from './draft.ts';

/**
 * The stores for which a mapping of every store does not run, since they have their own. One that is held
 * by a problem counts: the common mapping in its place would write what the admin meant to be otherwise.
 */
export function storesWithOwn({ row }: Draft, drafts: readonly Draft[]): readonly string[] {
  if (row.store !== null) return [];
  return drafts.flatMap((draft) => {
    const own = draft.row.store;
    return own !== null && replaces(draft, row) ? [own] : [];
  });
}

/** Keys of the active stores in which records of the mapping's object are made, be it by a mapping that is held. */
export function storesThatCreate(
  { settings }: Draft,
  drafts: readonly Draft[],
  stores: readonly StoreRow[],
): readonly string[] {
  if (settings === null) return [];
  const making = drafts.filter(
    (one) => one.settings?.createInWoo === true && same(one.settings.object, settings.object),
  );
  const makes = (key: string) =>
    making.some(
      (one) =>
        one.row.store === key ||
        (one.row.store === null && !storesWithOwn(one, drafts).includes(key)),
    );
  return [...new Set(stores.filter(({ active }) => active).map(({ key }) => key))].filter(makes);
}

/** Says of each store's own mapping that is held that nothing stands in for it. */
export function warnOfHeldOwn(drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    const { row, problems } = draft;
    if (row.store === null || !problems.held) continue;
    const common = drafts.find((one) => one.row.store === null && replaces(draft, one.row));
    if (common === undefined) continue;
    problems.warn({
      code: 'MAPPING_STORE_HELD',
      message: `${row.name} is held, so nothing of it is synced for the store "${row.store}": ${common.row.name} does not stand in for it.`,
      cure: `Correct ${row.name}; or deactivate it, and ${common.row.name} applies to the store again.`,
    });
  }
}

/** Whether a store's mapping is of the same records. What it leaves open or wrong is taken as the same. */
function replaces({ row, settings }: Draft, common: MappingRow): boolean {
  if (settings?.direction === 'to_woo') return false;
  if (settings !== null) {
    return (
      same(settings.resource, common.resource) &&
      same(settings.contentType ?? '', common.contentType ?? '') &&
      same(settings.object, common.object)
    );
  }
  const byResource =
    same(row.resource, common.resource) && same(row.contentType ?? '', common.contentType ?? '');
  const byObject = same(row.object, common.object);
  return byResource || byObject;
}

function same(a: string | null, b: string | null): boolean {
  return a !== null && a.trim().toLowerCase() === b?.trim().toLowerCase();
}
