import { createOrg, type Org, type OrgOptions } from '../../../local/org/org.ts';
import { createStore, type Store } from '../../../local/store/store.ts';

/** A local org and a local store that run in this process. */
export interface Pair {
  readonly org: Org;
  readonly orgUrl: string;
  readonly store: Store;
  readonly storeUrl: string;
  close(): Promise<void>;
}

export interface PairOptions {
  /** Orders that the store generates, beside the recorded ones. */
  readonly orders: number;
  /** 0, the default, takes a free port. */
  readonly orgPort?: number;
  readonly storePort?: number;
  /** A SQLite file that keeps the org; in memory when left out. */
  readonly orgFile?: string;
  /** What kind of org. */
  readonly features?: NonNullable<OrgOptions['features']>;
  /** Whether apex-ls judges the Apex of deploys too. */
  readonly asksApexLs?: boolean;
}

/** @throws Error with a sentence where a port is taken */
export async function startPair({
  orders,
  orgPort,
  storePort,
  orgFile,
  features = {},
  asksApexLs = false,
}: PairOptions): Promise<Pair> {
  const org = createOrg({
    features,
    asksApexLs,
    ...(orgFile === undefined ? {} : { file: orgFile }),
  });
  // As most shops: PHP behind a proxy that speaks TLS. The org's callouts come that way. Webhooks go to a
  // sidecar on this machine.
  const store = createStore({ orders, tlsProxy: true, allowHosts: ['127.0.0.1'] });
  const orgUrl = await org.listen(orgPort ?? 0);
  try {
    const storeUrl = await store.listen(storePort ?? 0);
    const close = async () => {
      await Promise.all([org.close(), store.close()]);
    };
    return { org, orgUrl, store, storeUrl, close };
  } catch (error) {
    await org.close();
    throw error;
  }
}
