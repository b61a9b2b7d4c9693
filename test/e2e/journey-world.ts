import type { Connection } from 'jsforce';

import type { Org } from '../../local/org/org.ts';
import type { Store } from '../../local/store/store.ts';
import type { AdminSession } from '../../scripts/lib/install/admin-session.ts';
import type { File } from './metadata.ts';
import type { SidecarRuns } from './sidecar-runs.ts';

/** A store on this machine and an org that may be any: what a journey asks of the org, every org gives. */
export interface JourneyWorld extends SidecarRuns {
  /** The control of the local org; null where the org is another one, which has none. */
  readonly org: Org | null;
  readonly orgUrl: string;
  readonly store: Store;
  readonly storeUrl: string;
  readonly admin: Connection;
  readonly session: AdminSession;
  /**
   * What the sidecar is given: as a service it listens on `PORT`, which the shop knows as `PUBLIC_URL`, unless that
   * is nothing.
   */
  readonly env: Readonly<Record<string, string>>;
  /** Whether shop and org tell the service of changes; else it asks them. */
  readonly isTold: boolean;
  /** Whether the service signs in as a user of its own; else as the administrator. */
  readonly hasOwnUser: boolean;
  /** Deploys files as an admin does; the org must take them. */
  deploy(...files: readonly File[]): Promise<void>;
  /** The first row that an administrator sees; undefined where there is none. */
  orgRow(soql: string): Promise<Record<string, unknown> | undefined>;
  close(): Promise<void>;
}
