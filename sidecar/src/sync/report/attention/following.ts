import { isPart, RESOURCES } from '../../../mapping/model/resources.ts';
import type { IssueCause } from '../../../ports/issues.ts';

/**
 * Whether records only wait for those that they are parts of, as items do for an order that Salesforce refuses: while
 * a person is needed for those, nothing is to be done for the parts.
 * @param causes all of the store
 */
export function followsAnother(
  { resource, code }: IssueCause,
  causes: readonly IssueCause[],
): boolean {
  if (code !== 'PARENT_MISSING' || resource === null || !isPart(resource)) return false;
  const whole = RESOURCES[resource].comesWith;
  return causes.some((one) => one.resource === whole);
}
