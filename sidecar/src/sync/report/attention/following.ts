import { isPart, RESOURCES } from '../../../mapping/model/resources.ts';
import type { IssueCause } from '../../../ports/issues.ts';

/**
 * Whether records only wait for those that they are parts of, as items do for an order that Salesforce refuses and
 * variations for a product: while a person is needed for those, nothing is to be done for the parts.
 * @param causes all of the store
 */
export function followsAnother(
  { resource, code }: IssueCause,
  causes: readonly IssueCause[],
): boolean {
  if (code !== 'PARENT_MISSING' || resource === null) return false;
  if (!isPart(resource) && resource !== 'product') return false;
  const whole = RESOURCES[resource].comesWith;
  return causes.some((one) => one.resource === whole && (whole !== resource || one.code !== code));
}
