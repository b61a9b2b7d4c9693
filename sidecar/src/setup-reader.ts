import { hash } from 'node:crypto';
import type { Config } from './config.ts';
import { CodedError } from './errors.ts';
import { describeMapped, openStore } from './main.ts';
import { compileMappings } from './mapping/compile.ts';
import type { MappingSource, ObjectSchema, StoreRow } from './mapping/types.ts';
import type { SalesforceOrg } from './salesforce/org.ts';
import type { Clock } from './sync/clock.ts';
import { forStore } from './sync/run.ts';
import type { Setup, StoreSetup } from './sync/setup.ts';

/** How long the org's schema is taken to be what it was, where the mappings are. */
const SCHEMA_HOURS = 6;

/** Reads stores and mappings from the org, again and again: one API call where nothing has changed. */
export class SetupReader {
  readonly #config: Config;
  readonly #org: SalesforceOrg;
  readonly #clock: Clock;
  #seen = '';
  #seenAt = 0;
  #setup: Setup | null = null;

  constructor(config: Config, org: SalesforceOrg, clock: Clock) {
    this.#config = config;
    this.#org = org;
    this.#clock = clock;
  }

  /** @throws CodedError where the org does not tell */
  async read(): Promise<Setup> {
    const source = await this.#org.readMappings();
    const seen = hash('sha256', JSON.stringify(source));
    const now = this.#clock.now().getTime();
    const isOld = now - this.#seenAt > SCHEMA_HOURS * 3_600_000;
    if (this.#setup !== null && seen === this.#seen && !isOld) return this.#setup;
    const schemas = await describeMapped(this.#org, source);
    this.#setup = this.#setupOf(source, schemas, `${seen} ${schemaHash(schemas)}`);
    this.#seen = seen;
    this.#seenAt = now;
    return this.#setup;
  }

  #setupOf(
    source: MappingSource,
    schemas: ReadonlyMap<string, ObjectSchema>,
    version: string,
  ): Setup {
    const { mappings, problems } = compileMappings(source, schemas);
    const stores: StoreSetup[] = [];
    const storeProblems: CodedError[] = [];
    for (const row of source.stores.filter(({ active }) => active)) {
      const store = this.#open(row, storeProblems);
      const { label, key } = row;
      if (store) stores.push({ store, label, mappings: forStore(mappings, key), version });
    }
    return { stores, storeProblems, problems };
  }

  #open(row: StoreRow, storeProblems: CodedError[]): StoreSetup['store'] | null {
    try {
      return openStore(this.#config, this.#org, row);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      storeProblems.push(error);
      return null;
    }
  }
}

function schemaHash(schemas: ReadonlyMap<string, ObjectSchema>): string {
  const plain = JSON.stringify([...schemas], (_name, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value,
  );
  return hash('sha256', plain);
}
