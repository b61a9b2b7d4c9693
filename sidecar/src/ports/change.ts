import type { ChangeResource } from '../mapping/model/resources.ts';

export type { ChangeResource } from '../mapping/model/resources.ts';

/** "This record of the shop may have changed." Nothing else: the truth is read from the shop. */
export interface ChangeEvent {
  readonly resource: ChangeResource;
  /** `<store>:<id>`, as Woo_Key__c; never that of a guest. */
  readonly key: string;
}
