import { hash } from 'node:crypto';
import { recordKey } from '../../mapping/keys/keys.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import { RESOURCES } from '../../mapping/model/resources.ts';
import type { Link } from '../../ports/link.ts';
import type { Origin } from '../../ports/state.ts';
import type { RecordMap } from '../model/record-map.ts';
import type { Candidate } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { lookAtOrdersOf, NAMED_BY_ORDERS, rewriteOrdersOf } from './orders-of-others.ts';

/** A shop's clock may be set right by so much; what goes back further is an older state of the record. */
const BACK_MS = 300_000;
/** A page may take the shop so long, from the database to the date of its answer. */
const READ_MS = 60_000;

/**
 * Leaves out records that are not those which were synced under their ids, and those that are older than what was
 * synced: a backup was brought back in the shop. Each is reported, and what Salesforce has stays until a person has
 * taken the shop as it is (command Adopt).
 * @param links of the candidates
 */
export async function withoutRestored(
  run: Run,
  from: readonly Candidate[],
  links: RecordMap<Link>,
): Promise<readonly Candidate[]> {
  const resource = from[0]?.mapping.resource;
  if (resource === undefined || RESOURCES[resource].marks.length === 0) return from;
  const { marks } = RESOURCES[resource];
  const linked = from.filter(({ mapping, key }) => links.has(mapping.object, key));
  const synced = new Set(linked.map(({ key }) => key));
  const keys = [...new Set(from.map(({ key }) => key))];
  const seen = await run.state.origins.find(resource, keys);
  const now = new Map<string, Origin>();
  const left = from.filter((one) => {
    const before = synced.has(one.key) ? seen.get(one.key) : undefined;
    const shown = originOf(one, marks);
    const failure = before && difference(before, shown, { marks, readAt: one.readAt });
    const isOurs =
      before || links.has(one.mapping.object, one.key) || one.mapping.meets(one.record);
    // What is due of a record that was made anew in Salesforce stays so until it is queued.
    const ordersDue = seen.get(one.key)?.ordersDue ?? false;
    if (isOurs)
      now.set(one.key, failure ? heldBy(failure, before, resource) : { ...shown, ordersDue });
    if (failure) report(run, one, links.get(one.mapping.object, one.key), failure);
    return !failure;
  });
  await run.state.origins.save(resource, [...now.values()]);
  // Behind the mark, for whoever looks at these orders must see it.
  const due = from.filter(({ key }) => now.get(key)?.ordersDue);
  const isAnother = ({ key }: Candidate) => now.get(key)?.isAnother === true;
  await lookAtOrdersOf(run, due.filter(isAnother));
  await rewriteOrdersOf(
    run,
    due.filter((one) => !isAnother(one)),
  );
  return left;
}

/** Those of the orders that came back otherwise and wait for a person: what is theirs waits with them. */
export function heldOrders(
  { state }: Pick<Run, 'state'>,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  return state.origins.heldOf('order', [...new Set(keys)]);
}

/** Orders that may have to wait: those that wait already, and those that are not what was synced under their keys. */
export async function doubtfulOrders(
  { state, store }: Pick<Run, 'state' | 'store'>,
  orders: readonly WooRecord[],
  readAt: Date,
): Promise<readonly WooRecord[]> {
  const { marks } = RESOURCES.order;
  const keyed = orders.map((record) => ({
    record,
    key: recordKey('order', record, store.key) ?? '',
  }));
  const keys = keyed.map(({ key }) => key);
  const seen = await state.origins.find('order', keys);
  return keyed.flatMap(({ record, key }) => {
    const before = seen.get(key);
    if (before === undefined) return [];
    const shown = originOf({ record, key, readAt }, marks);
    return before.isHeld || difference(before, shown, { marks, readAt }) ? [record] : [];
  });
}

function originOf(
  { record, key, readAt }: Pick<Candidate, 'record' | 'key' | 'readAt'>,
  marks: readonly string[],
): Origin {
  const modified = Date.parse(`${text(record, 'date_modified_gmt')}Z`);
  return {
    key,
    marks: marks.map((name) => mark(text(record, name))),
    // A date to come says nothing of what was changed when.
    modified: Number.isNaN(modified) ? null : Math.min(modified, readAt.getTime()),
    isHeld: false,
    isAnother: false,
    ordersDue: false,
  };
}

function heldBy({ code }: Failure, before: Origin, resource: Resource): Origin {
  const isAnother = code === 'RECORD_IS_ANOTHER';
  // Once: its orders have it looked at again, and would be looked at for that without an end.
  const areDue = before.ordersDue || (!before.isAnother && NAMED_BY_ORDERS.has(resource));
  return { ...before, isHeld: true, isAnother, ordersDue: isAnother ? areDue : before.ordersDue };
}

function text(record: WooRecord, name: string): string {
  const value = record[name];
  return typeof value === 'string' ? value : '';
}

/** No key of an order and no address is kept. */
function mark(value: string): string {
  return value === '' ? '-' : hash('sha256', value, 'base64url').slice(0, 12);
}

interface Failure {
  readonly code: string;
  readonly message: string;
}

function difference(
  before: Origin,
  now: Origin,
  { marks, readAt }: { readonly marks: readonly string[]; readonly readAt: Date },
): Failure | null {
  const both = marks.flatMap((name, at) => {
    const [old = '-', current = '-'] = [before.marks[at], now.marks[at]];
    return old === '-' || current === '-' ? [] : [{ name, isSame: old === current }];
  });
  const least = Math.min(marks.length, 2);
  if (both.length >= least && both.every(({ isSame }) => !isSame)) {
    const names = both.map(({ name }) => name).join(', ');
    return {
      code: 'RECORD_IS_ANOTHER',
      message: `The shop has another record under this id than the one that was synced (${names} differ).`,
    };
  }
  if (before.modified === null || now.modified === null) return null;
  if (before.modified - now.modified <= BACK_MS) return null;
  // Another process has read a change that came after our read; or the shop's clock was set back.
  if (before.modified > readAt.getTime() - READ_MS) return null;
  const [then, since] = [now.modified, before.modified].map((at) => new Date(at).toISOString());
  return {
    code: 'RECORD_WENT_BACK',
    message: `The shop says that the record was last changed at ${then}; it was synced as of ${since}.`,
  };
}

function report(
  run: Run,
  { mapping, key, parentKey }: Candidate,
  link: Link | undefined,
  failure: Failure,
): void {
  run.stillDirty.add(key);
  run.report.of(mapping).read += 1;
  const recordId = link?.recordId ?? null;
  run.report.fail(mapping, { ...failure, key, parentKey, recordId, field: null });
}
