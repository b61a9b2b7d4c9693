import type { Route } from '../../../scripts/lib/install/install.ts';
import type { OrgProcess } from './org.ts';
import type { StoreProcess } from './store.ts';

/** What a sidecar keeps in step. */
export interface Pair {
  readonly store: StoreProcess;
  readonly org: OrgProcess;
  readonly route: Route;
  /** Where the org's outbound messages find the service. */
  readonly servicePort: number;
}
