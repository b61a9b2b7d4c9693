import type { CodedError } from '../errors/coded-error.ts';
import type { MappingSource, Problem } from '../mapping/model/config-rows.ts';
import type { Mapping } from '../mapping/model/mapping.ts';
import type { ObjectSchema } from '../mapping/model/schema.ts';
import type { HeldMapping } from './held-mappings.ts';
import type { LeadSettings } from './org.ts';
import type { WooReports, WooStore, WooWebhooks } from './store.ts';

/** API calls of the org that a store may use on a day of UTC; the smaller where both are given. */
export interface CallBudget {
  readonly dailyCalls: number | null;
  /** Of 100 that the org has for 24 hours. */
  readonly dailyShare: number | null;
}

/** Minutes until a person is told; null for as usual. */
interface Telling {
  /** Without a sign of life of the service. */
  readonly silentMinutes: number | null;
  /** That an issue stays open. */
  readonly tellAfterMinutes: number | null;
}

/** A store that was set up before another one, be it stopped. */
export interface EarlierStore extends Pick<StoreSetup, 'label' | 'mappings' | 'held'> {
  readonly store: Pick<WooStore, 'key'>;
}

/** One active store as the org has it set up. */
export interface StoreSetup {
  readonly store: WooStore & WooWebhooks & WooReports;
  /** As people call it. */
  readonly label: string;
  /** The first backfill waits until a person tells it to begin; absent: it begins by itself. */
  readonly loadWhenTold?: boolean;
  /** Absent for no limit. */
  readonly budget?: CallBudget;
  /** When a person is told; absent for as usual. */
  readonly telling?: Telling;
  /** What becomes of open leads with the address of a buyer; absent where they are left alone. */
  readonly leadSettings?: LeadSettings;
  /** Those that apply to the store, as `forStore` gives them. */
  readonly mappings: readonly Mapping[];
  /** Active mappings that are for the store and are left out. */
  readonly held: readonly HeldMapping[];
  /** Those with which it may share records, in their order: what both have belongs to them. Absent for none. */
  readonly earlier?: readonly EarlierStore[];
  /** Differs whenever the store's row or one of the mappings does. */
  readonly version: string;
}

/** An active store that cannot be reached as it is set up. */
export interface StoppedStore {
  readonly key: string;
  readonly label: string;
  readonly reason: CodedError;
  /** When this reason was first found. */
  readonly since: Date;
}

interface CompiledOf {
  readonly source: MappingSource;
  /** Up to some hours old. */
  readonly schemas: ReadonlyMap<string, ObjectSchema>;
}

/** What the admin configured, as it was when the org was asked. */
export interface Setup {
  /** In the order in which they were set up. */
  readonly stores: readonly StoreSetup[];
  /** The others go on. */
  readonly stopped: readonly StoppedStore[];
  /** Not active, with keys that no active one has: nothing of them is synced, and what was stays. */
  readonly inactive: readonly Pick<StoppedStore, 'key' | 'label'>[];
  readonly problems: readonly Problem[];
  readonly held: readonly HeldMapping[];
  /** Short fingerprint of all rows, by which people tell whether theirs are in. */
  readonly fingerprint: string;
  /** What mappings were compiled of: all rows, and the objects that they write to or match by. */
  readonly compiledOf: CompiledOf;
  readonly readAt: Date;
}
