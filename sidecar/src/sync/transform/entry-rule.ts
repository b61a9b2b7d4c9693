import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { Link } from '../../ports/link.ts';
import { isOfType } from '../model/run.ts';

/**
 * What becomes of a record: it is written, passed over, or leaves by the delete rule. The condition decides
 * entry; a record that is in Salesforce stays in step unless its mapping says otherwise. One that was flagged
 * as deleted and is back is written whatever the events say, so that its flag goes.
 */
export function stepFor(
  { events, whenUnmet }: Mapping,
  met: boolean,
  link: Link | undefined,
): 'write' | 'pass' | 'leave' {
  if (link === undefined) return met && events.create ? 'write' : 'pass';
  if (!met && whenUnmet === 'delete') return 'leave';
  if (!met && whenUnmet === 'stop') return 'pass';
  return events.update || link.state === 'soft_deleted' ? 'write' : 'pass';
}

/** A record of the shop, seen through one mapping. */
interface Claim {
  readonly mapping: Mapping;
  readonly record: WooRecord;
}

/**
 * The mapping that decides of a record among those of one object, since each record has one writer: one whose condition is
 * met, before one that only keeps what is there; of those whose condition is met, one that writes before one whose events
 * leave it out; of equals the first by name. It is the mapping itself where it has no rival and where none wants the record. What only
 * goes to the shop is no rival of anything.
 * @param all mappings of the store
 */
export function holderOf(
  all: readonly Mapping[],
  { mapping, record }: Claim,
  link: Link | undefined,
): Mapping {
  const rivals = all.filter((one) => writesSame(one, mapping) && isOfType(one, record));
  if (rivals.length < 2) return mapping;
  let [holder, best] = [mapping, 0];
  for (const one of rivals) {
    const met = one.meets(record);
    const rank = (met ? 2 : 0) + (stepFor(one, met, link) === 'write' ? 1 : 0);
    const isFirst = rank === best && rank > 0 && one.name < holder.name;
    if (rank > best || isFirst) [holder, best] = [one, rank];
  }
  return holder;
}

function writesSame(a: Mapping, b: Mapping): boolean {
  const isWritten = a.direction !== 'to_woo' && b.direction !== 'to_woo';
  return isWritten && a.resource === b.resource && a.object === b.object;
}
