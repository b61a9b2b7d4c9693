import type { NewRecord } from '../../mapping/keys/new-record-key.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { Run } from '../model/run.ts';
import type { Failure } from '../report/run-report.ts';

/** A record of Salesforce that is to become one of the shop. */
export interface Newborn extends NewRecord {
  /** As `newKey` makes it. */
  readonly key: string;
  readonly mapping: Mapping;
  readonly held: OrgRow;
  /** The id that the shop gave it; null before it did. */
  readonly wooId: number | null;
}

/** What came of some of them. */
export interface Made {
  /** Records of the shop. */
  readonly records: readonly WooRecord[];
  readonly made: readonly Newborn[];
  readonly again: readonly ChangeEvent[];
  readonly over: readonly string[];
}

/** One with what the shop has made of it. */
export type Born = Newborn & { readonly record: WooRecord };

/** Records that the shop has, by how that is known. */
export interface KnownBorn {
  /** Salesforce carries the key already: an attempt that broke off may have had something to say. */
  readonly linked: readonly Newborn[];
  /** Of earlier attempts. */
  readonly found: readonly Born[];
  readonly made: readonly Born[];
}

/** How records of a resource are made. */
export interface Maker {
  readonly resource: 'product' | 'order';
  readonly list: 'products' | 'orders';
  /** Whether each store makes one of its own, also of a record that carries the key of another store's. */
  readonly inEachStore: boolean;
  /** What is read of the record, beside what its mapping sends. */
  reads(mapping: Mapping): readonly string[];
  /**
   * Makes what is not there yet.
   * @param begun attempts of which nothing came, as the shop was looked through
   */
  make(run: Run, newborns: readonly Newborn[], begun: ReadonlyMap<string, Date>): Promise<Made>;
  /**
   * Looks at what an earlier attempt has made; absent where there is nothing to see.
   * @returns what is to be looked at next
   */
  found?(run: Run, known: readonly Born[]): Promise<readonly ChangeEvent[]>;
  /** Says what was edited after it was sent and does not reach the shop; absent where everything does. */
  tellEdited?(run: Run, known: KnownBorn): Promise<void>;
}

/** Says why a record is not made, and keeps it waiting. */
export function fail(
  run: Run,
  { key, mapping, recordId }: Newborn,
  failure: Pick<Failure, 'code' | 'message'> & { readonly field?: string | null },
): void {
  run.stillDirty.add(key);
  run.report.fail(mapping, { key, recordId, aspect: 'shop', ...failure });
}
