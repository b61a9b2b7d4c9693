import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Org } from '../../ports/org.ts';
import type {
  Base,
  FieldVersions,
  Pair,
  SyncBase,
  TwoWayState,
} from '../../ports/two-way-state.ts';
import { agreedName, digest, IMAGES } from '../model/digest.ts';
import { mappingFor } from '../model/ownership.ts';
import { OrgRecords } from '../read/read-org-rows.ts';
import { PERSONS } from './kept-sides.ts';
import { NOT_WRITTEN } from './three-way.ts';

/** A record that is to belong to another store. */
export interface Changing extends Pair {
  /** Of the store to which it is to belong. */
  readonly mapping: Mapping;
  /** The key that it carries so far. */
  readonly owner: string;
}

/**
 * Sync bases with which records go over to another store: of fields that go both ways its shop alone counts as changed, so
 * that what it says comes into Salesforce, and what the shop of the former owner said goes into no other shop. What
 * somebody has typed since the former owner's last agreement counts as changed too, and is decided as any conflict. The same
 * goes for images that go both ways. What a person said of fields that are written unless edited stays. Salesforce is asked
 * only for fields on which the former owner had nothing agreed.
 */
export async function basesOfNewOwner(
  { org, twoWay }: { readonly org: Pick<Org, 'queries'>; readonly twoWay: TwoWayState },
  all: readonly Changing[],
): Promise<readonly (Pair & { readonly base: Base })[]> {
  const former = await formerBases(twoWay, all);
  const records = new OrgRecords();
  for (const one of all) {
    const lacking = takenBy(one).filter((field) => agreed(former.get(one), field) === undefined);
    if (lacking.length > 0)
      records.want(
        one.object,
        one.recordId,
        lacking.map(({ field }) => field),
      );
  }
  const rows = await records.read(org);
  return all.map((one) => {
    const base: Record<string, FieldVersions> = {};
    for (const field of takenBy(one)) {
      const held = rows.get(one.recordId)?.[field.field];
      const inSalesforce = agreed(former.get(one), field) ?? digest(field.fromSalesforce(held));
      base[agreedName(field)] = [NOT_WRITTEN, inSalesforce];
    }
    for (const field of one.mapping.kept) {
      const inSalesforce = agreed(former.get(one), field);
      if (inSalesforce !== undefined && inSalesforce !== PERSONS)
        base[agreedName(field)] = [NOT_WRITTEN, inSalesforce];
    }
    // Where nothing is known of what Salesforce held, both meet as for the first time, whatever the store knew before.
    if (takesImages(one))
      base[IMAGES] = [NOT_WRITTEN, former.get(one)?.base[IMAGES]?.[1] ?? NOT_WRITTEN];
    const { object, key, recordId } = one;
    return { object, key, recordId, base };
  });
}

/** Whether images go both ways in fields that were the former owner's. */
function takesImages({ mapping, key }: Changing): boolean {
  const own = mappingFor(mapping, { byId: true, key }).outgoing.map(({ field }) => field);
  return mapping.outgoing.some(
    ({ kind, direction, field }) =>
      kind !== 'value' && direction === 'both' && !own.includes(field),
  );
}

/** The fields of both sides that were the former owner's; of its own the store has agreed on before. */
function takenBy({ mapping, key }: Changing) {
  const foreign = mappingFor(mapping, { byId: true, key });
  const own = foreign.outgoing.filter(({ onlyEdits }) => onlyEdits !== true).map(agreedName);
  return mapping.outgoing.filter(
    (field) =>
      field.kind === 'value' && field.direction === 'both' && !own.includes(agreedName(field)),
  );
}

/** What Salesforce held of the field when it was last in step with the former owner; undefined where that is not known. */
function agreed(
  of: SyncBase | undefined,
  field: Parameters<typeof agreedName>[0],
): string | undefined {
  const name = agreedName(field);
  return of?.pending[name] === undefined ? of?.base[name]?.[1] : undefined;
}

async function formerBases(
  twoWay: TwoWayState,
  all: readonly Changing[],
): Promise<ReadonlyMap<Changing, SyncBase>> {
  const former = new Map<Changing, SyncBase>();
  for (const [object, some] of Map.groupBy(all, (one) => one.object)) {
    const bases = await twoWay.syncBases(
      object,
      some.map(({ owner }) => owner),
    );
    for (const one of some) {
      const base = bases.get(one.owner);
      if (base?.recordId === one.recordId) former.set(one, base);
    }
  }
  return former;
}
