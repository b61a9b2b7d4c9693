/** Prefixes of standard objects that mappings and commands write to, by name in lower case. */
const prefixes: Readonly<Record<string, string>> = {
  account: '001',
  contact: '003',
  opportunity: '006',
  lead: '00Q',
  campaign: '701',
  case: '500',
  asset: '02i',
  contract: '800',
  order: '801',
  orderitem: '802',
  product2: '01t',
  pricebookentry: '01u',
};

/** Whether a record of the object can have this id. Ids of custom objects begin with `a`. */
export function fits(object: string, id: string): boolean {
  const name = object.toLowerCase();
  if (name.endsWith('__c')) return id.startsWith('a');
  const prefix = Object.hasOwn(prefixes, name) ? prefixes[name] : undefined;
  return prefix === undefined || id.startsWith(prefix);
}
