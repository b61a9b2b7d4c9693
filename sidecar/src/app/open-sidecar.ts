import { type Config, loadConfig, refuseSharedKeys, wooKeysFor } from '../config/load-config.ts';
import { refuseBudget } from '../config/call-budget.ts';
import { refuseColon } from '../config/store-key.ts';
import { describeMapped } from '../diagnostics/describe-mapped.ts';
import { CodedError } from '../errors/coded-error.ts';
import { compileMappings } from '../mapping/compile/compile.ts';
import type { Problem, StoreRow } from '../mapping/model/config-rows.ts';
import type { Mapping } from '../mapping/model/mapping.ts';
import type { ApexRest } from '../ports/apex-rest.ts';
import type { IssueStore } from '../ports/issues.ts';
import { heldFor, type HeldMapping, heldMappings } from '../ports/held-mappings.ts';
import type { LeadSettings, OrgLeads, Org, OrgAudit } from '../ports/org.ts';
import type { State } from '../ports/state.ts';
import type { WooReports, WooStore, WooWebhooks } from '../ports/store.ts';
import { SalesforceOrg } from '../salesforce/org.ts';
import { readingBuyers } from '../sync/leads/buyers.ts';
import { leadSettings } from '../sync/leads/lead-settings.ts';
import { issuesOf } from '../state/queue/queue.ts';
import { claimForOrg, claimForStore } from '../state/state-owner.ts';
import { type DurableState, openState } from '../state/state.ts';
import { ServiceQueue, type Told } from './service-queue.ts';
import { refuseSharedCredential } from './shared-credential.ts';
import { DirectStore } from '../woo/direct-store.ts';
import { GatewayStore } from '../woo/gateway/gateway-store.ts';

/** Everything that a command works with, connected and checked. */
export interface Sidecar {
  readonly org: Org & OrgLeads & OrgAudit;
  readonly state: State;
  /** Those that are open, for who can say of some that they are over. */
  readonly issues: Pick<IssueStore, 'find' | 'resolve'>;
  /** Hands to the service, for when it runs, what it is to show as issues and which records it is to look at. */
  readonly tell: (found: Told) => Promise<void>;
  readonly stores: readonly WooStore[];
  /** What becomes of open leads of a store's buyers; null where they are left alone. */
  readonly leadsOf: (store: string) => LeadSettings | null;
  /** Active stores that cannot be reached as they are set up; the others go on. */
  readonly storeProblems: readonly CodedError[];
  readonly mappings: readonly Mapping[];
  readonly problems: readonly Problem[];
  /** Active mappings that are left out, of whatever store. */
  readonly held: readonly HeldMapping[];
  close(): Promise<void>;
}

/** What a store is opened with. */
interface StoreParts {
  readonly config: Config;
  readonly org: ApexRest;
  /** All stores of the org. */
  readonly rows: readonly StoreRow[];
}

/**
 * What the environment says, and the org that it leads to; nothing is asked yet.
 * @param onSilence hears that the org has taken a request and does not answer
 */
export function connect(
  env: NodeJS.ProcessEnv,
  onSilence?: (error: CodedError) => void,
): {
  readonly config: Config;
  readonly org: SalesforceOrg;
} {
  const config = loadConfig(env);
  return {
    config,
    org: new SalesforceOrg(config.salesforce, onSilence === undefined ? {} : { onSilence }),
  };
}

/**
 * Composition root: environment → sign-in → mappings of the org → stores and state.
 * @param only key of the one store that is wanted; all active ones when left out
 * @throws CodedError where nothing can be done at all
 */
export async function openSidecar(env: NodeJS.ProcessEnv, only?: string): Promise<Sidecar> {
  const { config, org } = connect(env);
  const source = await org.readMappings();
  const rows = chooseStores(source.stores, only);
  const state = await openState(config.state);
  const service = new ServiceQueue(state);
  const close = async () => {
    await service.close();
    await state.close();
  };
  try {
    await claimForOrg(state, org.organizationId);
    const parts = { config, org, state, rows: source.stores };
    const { stores, storeProblems } = await openStores(parts, rows);
    const compiled = compileMappings(source, await describeMapped(org, source));
    const { mappings } = compiled;
    if (mappings.length === 0 && compiled.problems.length === 0) throw noMappings();
    const held = heldMappings(source, compiled);
    const problems = problemsFor(rows, held, compiled);
    const settings = new Map(rows.map((row) => [row.key, leadSettings(row)]));
    const leadsOf = (store: string) => settings.get(store) ?? null;
    const issues = issuesOf(state);
    const tell = (found: Told) => service.tell(found);
    const found = { stores, leadsOf, storeProblems, problems, held };
    const opened = { org, state, issues, tell, ...found, close };
    return { ...opened, mappings: rows.some(leadSettings) ? readingBuyers(mappings) : mappings };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What is wrong with mappings, but for held ones that none of the stores lacks. */
export function problemsFor(
  stores: readonly StoreRow[],
  held: readonly HeldMapping[],
  compiled: Pick<ReturnType<typeof compileMappings>, 'problems'>,
): readonly Problem[] {
  const names = new Set(
    stores.flatMap(({ key }) => heldFor({ held }, key)).map(({ name }) => name),
  );
  return compiled.problems.filter(({ fatal, mapping }) => !fatal || names.has(mapping));
}

/** @throws CodedError where there is none */
export function chooseStores(
  rows: readonly StoreRow[],
  only: string | undefined,
): readonly StoreRow[] {
  const active = rows.filter((row) => row.active);
  const chosen = only === undefined ? active : active.filter(({ key }) => key === only);
  if (chosen.length > 0) return chosen;
  const known = active.map(({ key }) => key).join(', ') || 'none';
  throw new CodedError(
    'STORE_UNKNOWN',
    only === undefined
      ? 'The org has no active store.'
      : `The org has no active store with the key "${only}"; active stores: ${known}.`,
    'See Setup › Custom Metadata Types › Woo Store: its Key, and whether it is Active.',
  );
}

/** @throws CodedError of the first store where none can be used */
async function openStores(
  parts: StoreParts & { readonly state: DurableState },
  chosen: readonly StoreRow[],
): Promise<Pick<Sidecar, 'stores' | 'storeProblems'>> {
  const stores: WooStore[] = [];
  const storeProblems: CodedError[] = [];
  for (const row of chosen) {
    try {
      await claimForStore(parts.state, row, parts.config.movedStores);
      stores.push(await openOwnStore(parts, row));
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      storeProblems.push(error);
    }
  }
  const [first] = storeProblems;
  if (stores.length === 0 && first) throw first;
  return { stores, storeProblems };
}

/** @throws CodedError where it cannot be reached as it is set up, or what is reached is the shop of another store */
export async function openOwnStore(
  parts: StoreParts,
  row: StoreRow,
): Promise<ReturnType<typeof openStore>> {
  const store = openStore(parts, row);
  await refuseSharedCredential(row, parts.rows, () => store.home());
  return store;
}

/** @throws CodedError where it cannot be reached as it is set up */
export function openStore(
  { config, org, rows }: StoreParts,
  row: StoreRow,
): WooStore & WooWebhooks & WooReports {
  refuseColon(row.key);
  refuseBudget(row);
  if (row.route !== 'direct') return new GatewayStore(row, org);
  const direct = rows.filter(({ active, route }) => active && route === 'direct');
  refuseSharedKeys(
    row.key,
    direct.map(({ key }) => key),
  );
  return new DirectStore(row, wooKeysFor(config, row.key));
}

function noMappings(): CodedError {
  return new CodedError(
    'MAPPINGS_MISSING',
    'The org has no active mapping.',
    'Deploy config/org, or activate one in Setup › Custom Metadata Types › Woo Mapping.',
  );
}
