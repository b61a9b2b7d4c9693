import type { Json } from '../model/exchange.ts';
import type { Probing } from '../model/probing.ts';

type Named = Pick<Probing, 'name' | 'key'>;

/** A record of a run, of a store that does not exist: an order, a product or an account. */
export const named = (probing: Named, fields: Json = {}): Json => ({
  Name: probing.name(),
  Woo_Key__c: probing.key(),
  ...fields,
});

export const contact = (probing: Named, fields: Json = {}): Json => ({
  LastName: probing.name(),
  Woo_Key__c: probing.key(),
  ...fields,
});
