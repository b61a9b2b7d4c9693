import type { Step } from '../lib/recording/recording.ts';

/** What a batch of the store and a collection of the org have of products. */
interface Sent {
  readonly update?: readonly { readonly id: number }[];
  readonly compositeRequest?: readonly {
    readonly method: string;
    readonly url: string;
    readonly body?: { readonly records?: readonly OrgRecord[] };
  }[];
}

interface OrgRecord {
  readonly Woo_Key__c?: string;
  readonly attributes?: { readonly type: string };
  readonly id?: string;
}

/**
 * How often the service has written each product, whatever came of it, by side and id in the shop.
 * @throws Error for a write of a kind that is not known here
 */
export function writtenProducts(steps: readonly Step[]): ReadonlyMap<string, number> {
  const written = new Map<string, number>();
  const add = (side: string, id: number | string): void => {
    const place = `${side} ${id}`;
    written.set(place, (written.get(place) ?? 0) + 1);
  };
  for (const { side, method, path, body } of steps) {
    if (method === 'GET' || path.startsWith('/services/oauth2/')) continue;
    const sent = JSON.parse(body.toString()) as Sent;
    if (side === 'store') for (const id of idsInStore(path, sent)) add('store', id);
    else for (const id of idsInOrg(path, sent)) add('org', id);
  }
  return written;
}

function idsInStore(path: string, { update }: Sent): readonly number[] {
  if (/\/wc\/v3\/products\/batch\?/.test(path) && update) return update.map(({ id }) => id);
  throw new Error(`The store was sent ${path}.`);
}

function idsInOrg(path: string, { compositeRequest }: Sent): readonly string[] {
  if (!compositeRequest) throw new Error(`The org was sent ${path}.`);
  return compositeRequest.flatMap(({ method, url, body }) => {
    const records = method === 'GET' ? [] : (body?.records ?? []);
    return records.flatMap((record) => {
      const object = record.attributes?.type ?? /\/sobjects\/(\w+)/.exec(url)?.[1];
      if (object !== 'Product2') return [];
      // An edit that fell between the look and the write is given back: by the id, and beside what edits call for.
      if (record.Woo_Key__c === undefined && record.id !== undefined) return [];
      if (record.Woo_Key__c === undefined)
        throw new Error('A product was written without its key.');
      return [record.Woo_Key__c.replace('main:', '')];
    });
  });
}
