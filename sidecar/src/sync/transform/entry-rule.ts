import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Link } from '../../ports/link.ts';

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
