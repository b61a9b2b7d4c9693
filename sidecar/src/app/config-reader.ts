import { hash } from 'node:crypto';
import type { Config } from '../config/load-config.ts';
import { describeMapped } from '../diagnostics/describe-mapped.ts';
import { CodedError } from '../errors/coded-error.ts';
import type { Clock } from '../lib/clock.ts';
import { compileMappings } from '../mapping/compile/compile.ts';
import type { MappingSource, StoreRow } from '../mapping/model/config-rows.ts';
import { forStore } from '../mapping/model/for-store.ts';
import type { Mapping } from '../mapping/model/mapping.ts';
import type { ObjectSchema } from '../mapping/model/schema.ts';
import { heldFor, type HeldMapping, heldMappings } from '../ports/held-mappings.ts';
import type { EarlierStore, Setup, StoppedStore, StoreSetup } from '../ports/setup.ts';
import type { SalesforceOrg } from '../salesforce/org.ts';
import { claimForOrg, claimForStore, type OwnedState } from '../state/state-owner.ts';
import { plainAddress } from '../lib/redact.ts';
import { shopOf } from '../sync/detect/webhook-source.ts';
import { mayShare } from '../sync/match/may-share.ts';
import { readingBuyers } from '../sync/leads/buyers.ts';
import { leadSettings } from '../sync/leads/lead-settings.ts';
import { openOwnStore, openStore } from './open-sidecar.ts';

/** How long the org's schema is taken to be what it was, where the mappings are. */
const SCHEMA_HOURS = 6;
/** Characters by which people tell one configuration from another. */
const FINGERPRINT_LENGTH = 8;

interface ReaderParts {
  readonly config: Config;
  readonly org: SalesforceOrg;
  readonly clock: Clock;
  readonly state: OwnedState;
}

/** Reads stores and mappings from the org, again and again: one API call where nothing has changed. */
export class ConfigReader {
  readonly #config: Config;
  readonly #org: SalesforceOrg;
  readonly #clock: Clock;
  readonly #state: OwnedState;
  #seen = '';
  #seenAt = 0;
  #setup: Setup | null = null;

  constructor({ config, org, clock, state }: ReaderParts) {
    this.#config = config;
    this.#org = org;
    this.#clock = clock;
    this.#state = state;
  }

  /** @throws CodedError where the org does not tell, or is another than the state's */
  async read(): Promise<Setup> {
    const source = await this.#org.readMappings();
    await claimForOrg(this.#state, this.#org.organizationId);
    const seen = hash('sha256', JSON.stringify(source));
    const readAt = this.#clock.now();
    const isOld = readAt.getTime() - this.#seenAt > SCHEMA_HOURS * 3_600_000;
    if (this.#setup !== null && seen === this.#seen && !isOld) return { ...this.#setup, readAt };
    const schemas = await describeMapped(this.#org, source);
    const version = `${seen} ${schemaHash(schemas)}`;
    const fingerprint = seen.slice(0, FINGERPRINT_LENGTH);
    this.#setup = { ...(await this.#setupOf(source, schemas, version)), fingerprint, readAt };
    this.#seen = seen;
    this.#seenAt = readAt.getTime();
    return this.#setup;
  }

  /**
   * Takes the address of the Woo Store for a new one of the same shop, as far as the shop there calls itself so.
   * @returns what the shop calls its own
   */
  async adopt(key: string): Promise<string> {
    const rows = this.#setup?.compiledOf.source.stores ?? [];
    const row = rows.find((one) => one.active && one.key === key);
    if (row === undefined) throw unknownStore(key);
    const home = await openStore({ config: this.#config, org: this.#org, rows }, row).home();
    if (shopOf(home) !== shopOf(row.url)) throw callsItselfOtherwise(row, home);
    await claimForStore(this.#state, row, new Map([[key, plainAddress(row.url)]]));
    // Else nothing would have changed, and the store would stay stopped.
    this.#seen = '';
    return home;
  }

  async #setupOf(
    source: MappingSource,
    schemas: ReadonlyMap<string, ObjectSchema>,
    version: string,
  ): Promise<Omit<Setup, 'fingerprint' | 'readAt'>> {
    const compiled = compileMappings(source, schemas);
    const { mappings, problems } = compiled;
    const held = heldMappings(source, compiled);
    const stores: StoreSetup[] = [];
    const stopped: StoppedStore[] = [];
    const active = source.stores.filter((row) => row.active);
    const before: EarlierStore[] = [];
    for (const row of active) {
      const store = await this.#open(row, source.stores, stopped);
      const configured = configuredFor(row, mappings, held);
      const earlier = before.filter((one) => mayShare(configured, one));
      if (store) stores.push({ store, version, ...configured, earlier });
      before.push({ store: { key: row.key }, ...configured });
    }
    const keys = new Set(active.map(({ key }) => key));
    const inactive = source.stores
      .filter(({ key }) => !keys.has(key))
      .map(({ key, label }) => ({ key, label }));
    return { stores, stopped, inactive, problems, held, compiledOf: { source, schemas } };
  }

  async #open(
    row: StoreRow,
    rows: readonly StoreRow[],
    stopped: StoppedStore[],
  ): Promise<StoreSetup['store'] | null> {
    try {
      await claimForStore(this.#state, row, this.#config.movedStores);
      return await openOwnStore({ config: this.#config, org: this.#org, rows }, row);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      const before = this.#setup?.stopped.find(({ key }) => key === row.key);
      const since = before?.reason.code === error.code ? before.since : this.#clock.now();
      stopped.push({ key: row.key, label: row.label, reason: error, since });
      return null;
    }
  }
}

function configuredFor(
  row: StoreRow,
  mappings: readonly Mapping[],
  held: readonly HeldMapping[],
): Pick<
  StoreSetup,
  'label' | 'loadWhenTold' | 'budget' | 'telling' | 'leadSettings' | 'mappings' | 'held'
> {
  const { key, label, loadWhenTold, dailyApiCalls, dailyApiShare } = row;
  const { silentMinutes, tellAfterMinutes } = row;
  const telling = { silentMinutes, tellAfterMinutes };
  const leads = leadSettings(row);
  const own = forStore(mappings, key);
  const applied = leads === null ? own : readingBuyers(own);
  const budget = { dailyCalls: dailyApiCalls, dailyShare: dailyApiShare };
  const shared = { label, loadWhenTold, budget, telling, held: heldFor({ held }, key) };
  return { ...shared, mappings: applied, ...(leads !== null && { leadSettings: leads }) };
}

function unknownStore(key: string): CodedError {
  return new CodedError(
    'STORE_UNKNOWN',
    `The org has no active store with the key "${key}".`,
    'See Setup › Custom Metadata Types › Woo Store: its Key, and whether it is Active.',
  );
}

function callsItselfOtherwise({ key, url }: StoreRow, home: string): CodedError {
  return new CodedError(
    'STORE_SHOP_MOVED',
    `The shop at ${plainAddress(url)} calls itself ${home}, so it is not taken for that of the store "${key}".`,
    'Put the address that it calls itself into Shop Address of the Woo Store (Setup › Custom Metadata Types), and give the command again.',
  );
}

function schemaHash(schemas: ReadonlyMap<string, ObjectSchema>): string {
  const plain = JSON.stringify([...schemas], (_name, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value,
  );
  return hash('sha256', plain);
}
