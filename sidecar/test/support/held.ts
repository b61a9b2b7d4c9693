import type { HeldMapping } from '../../src/ports/held-mappings.ts';

/** A mapping that is held for every store. */
export function heldMapping(over: Partial<HeldMapping> = {}): HeldMapping {
  return {
    name: 'Order',
    label: 'Orders',
    store: null,
    notFor: [],
    resource: 'order',
    object: 'Woo_Order__c',
    problems: [
      {
        code: 'MAPPING_FIELD_TWICE',
        mapping: 'Order',
        place: 'Order_Total',
        fatal: true,
        message: 'Total__c is written twice.',
        cure: 'Delete one of the two.',
      },
    ],
    ...over,
  };
}

/** How it is told of. */
export const heldLine = (label: string): string =>
  `${label} is held. MAPPING_FIELD_TWICE at Order_Total: Total__c is written twice. Delete one of the two.`;
