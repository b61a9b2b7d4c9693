/** What a hint is about. An order's covers its items and refunds; a variation's is a product's. */
export type ChangeResource = 'order' | 'product' | 'customer';

/** "This record of the shop may have changed." Nothing else: the truth is read from the shop. */
export interface ChangeEvent {
  readonly resource: ChangeResource;
  /** `<store>:<id>`, as Woo_Key__c; never that of a guest. */
  readonly key: string;
}
