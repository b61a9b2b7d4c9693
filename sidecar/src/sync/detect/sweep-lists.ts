import { secondsBefore } from '../../lib/gmt-seconds.ts';
import { wooId } from '../../mapping/keys/keys.ts';
import { hasDeleteRule } from '../../mapping/model/delete-rule.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { joinedViews } from '../../mapping/fields/content-view.ts';
import {
  broughtBy,
  isPart,
  listsOf,
  recordTypeOf,
  type Resource,
  RESOURCES,
} from '../../mapping/model/resources.ts';
import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { ChangeResource } from '../../ports/change.ts';
import type { State } from '../../ports/state.ts';
import {
  PAGE_SIZE,
  type ListRead,
  type WooList,
  type WooPage,
  type WooStore,
} from '../../ports/store.ts';
import type { Dated } from './sweep-cursor.ts';

/** A list that is swept by its records' date. */
export interface SweptList {
  /** Tells it from the trash of the same list. */
  readonly name: string;
  readonly list: WooList;
  readonly resource: ChangeResource;
  readonly date: 'date_modified_gmt' | 'date_created_gmt';
  /** Which of a record's fields holds the id of the record to queue. */
  readonly changes: 'id' | 'parent_id';
  readonly trash: boolean;
  /** What stands between store and id in the keys of its records; null for nothing. */
  readonly keyType: string | null;
  /** What it is asked with besides. */
  readonly view: Readonly<Record<string, string>>;
}

/** The lists that the mappings want of the resources, trash included where something happens to what is in it. */
export function listsToSweep(
  mappings: readonly Mapping[],
  resources: readonly ChangeResource[],
): readonly SweptList[] {
  return resources.flatMap(broughtBy).flatMap((resource) => sweptOf(resource, mappings));
}

function sweptOf(resource: Resource, mappings: readonly Mapping[]): readonly SweptList[] {
  const { comesWith, isEmbedded, hasTrash, sweptBy: date } = RESOURCES[resource];
  const own = mappings.filter((mapping) => mapping.resource === resource);
  if (own.length === 0 || isEmbedded || date === null) return [];
  const changes = isPart(resource) ? 'parent_id' : 'id';
  const lists = [...new Set(own.flatMap(listsOf))];
  const swept = (list: WooList, trash: boolean): SweptList => {
    const those = own.filter((mapping) => listsOf(mapping).includes(list));
    const { status } = joinedViews(those.map(({ view }) => view));
    return {
      name: trash ? `${list}:trash` : list,
      list,
      resource: comesWith,
      trash,
      date,
      changes,
      keyType: those[0] === undefined ? null : recordTypeOf(those[0]),
      view: status === undefined ? {} : { status },
    };
  };
  return [
    ...lists.map((list) => swept(list, false)),
    ...(hasTrash && own.some(hasDeleteRule) ? lists.map((list) => swept(list, true)) : []),
  ];
}

/**
 * The first page of what lies behind a second, oldest first, with as little of each record as there can be.
 * @param after a second in GMT without a zone; empty for from the beginning
 */
export function readOf({ list, date, changes, trash, view }: SweptList, after: string): ListRead {
  const byDate = date === 'date_modified_gmt';
  return {
    list,
    params: {
      per_page: String(PAGE_SIZE),
      orderby: byDate ? 'modified' : 'id',
      order: 'asc',
      _fields: [...new Set(['id', date, changes])].join(','),
      ...(after === '' ? {} : { [byDate ? 'modified_after' : 'after']: after }),
      ...view,
      ...(trash ? { status: 'trash' } : {}),
    },
  };
}

/** A record of a list, with the id of the record that is queued for it. */
export interface Listed extends Dated {
  readonly change: number;
}

export function datedOf(list: SweptList, records: readonly WooRecord[]): readonly Listed[] {
  return records.flatMap((record) => {
    const [id, change] = [wooId(record['id']), wooId(record[list.changes])];
    const date = record[list.date];
    const second = typeof date === 'string' ? date.slice(0, 19) : '';
    return id === null || change === null ? [] : [{ id, change, second }];
  });
}

/** Where the walk behind the first page begins: its last second comes again, for more may lie in it. */
export function restAfter(
  list: SweptList,
  { records }: Pick<WooPage, 'records'>,
  after: string,
): string {
  const last = datedOf(list, records).at(-1);
  // A walk by id begins anew, for ids need not be in the order of dates.
  if (list.date !== 'date_modified_gmt' || last === undefined || last.second === '') return after;
  return secondsBefore(last.second, 1);
}

/** Under which its cursor is kept. */
export function sweepName({ name }: SweptList): string {
  return `sweep:${name}`;
}

export interface SweepParts {
  readonly store: WooStore;
  readonly state: Pick<State, 'cursor' | 'saveCursor'>;
  readonly queue: Pick<ChangeQueue, 'add'>;
  /** Those that apply to the store. */
  readonly mappings: readonly Mapping[];
}
