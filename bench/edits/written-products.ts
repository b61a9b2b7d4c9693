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

/** How often each product was written, by side and id in the shop. */
export interface WrittenProducts {
  readonly written: ReadonlyMap<string, number>;
  /** How often an edit that fell between the look and the write was given back to the org, by the product's place there. */
  readonly givenBack: ReadonlyMap<string, number>;
}

/**
 * What the service has written of products, whatever came of it.
 * @throws Error for a write of a kind that is not known here
 */
export function writtenProducts(steps: readonly Step[]): WrittenProducts {
  const [written, givenBack] = [new Map<string, number>(), new Map<string, number>()];
  const keys = new Map<string, string>();
  for (const { side, method, path, body } of steps) {
    if (method === 'GET' || path.startsWith('/services/oauth2/')) continue;
    const sent = JSON.parse(body.toString()) as Sent;
    if (side === 'store') {
      for (const id of idsInStore(path, sent)) addOne(written, `store ${id}`);
      continue;
    }
    for (const { id, Woo_Key__c: key } of productsInOrg(path, sent)) {
      if (key !== undefined) {
        if (id !== undefined) keys.set(id, key);
        addOne(written, placeInOrg(key));
        continue;
      }
      // What is given back has no key: it follows the write that it mends.
      const known = id === undefined ? undefined : keys.get(id);
      if (known === undefined) throw new Error('A product was written without its key.');
      addOne(givenBack, placeInOrg(known));
    }
  }
  return { written, givenBack };
}

function addOne(counts: Map<string, number>, place: string): void {
  counts.set(place, (counts.get(place) ?? 0) + 1);
}

function placeInOrg(key: string): string {
  return `org ${key.replace('main:', '')}`;
}

function idsInStore(path: string, { update }: Sent): readonly number[] {
  if (/\/wc\/v3\/products\/batch\?/.test(path) && update) return update.map(({ id }) => id);
  throw new Error(`The store was sent ${path}.`);
}

function productsInOrg(path: string, { compositeRequest }: Sent): readonly OrgRecord[] {
  if (!compositeRequest) throw new Error(`The org was sent ${path}.`);
  return compositeRequest.flatMap(({ method, url, body }) => {
    const records = method === 'GET' ? [] : (body?.records ?? []);
    return records.filter(
      ({ attributes }) => (attributes?.type ?? /\/sobjects\/(\w+)/.exec(url)?.[1]) === 'Product2',
    );
  });
}
