import { maskEmails } from '../../lib/redact.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { ErrorKind } from '../../ports/org.ts';
import { keyWithoutAddress } from './issue-key.ts';

/** Why one record is not in Salesforce as it should be. */
export interface Failure {
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

/** What else may be known of a failure. */
export interface FailureDetails {
  /** Key of the record that owns it (an item's order). */
  readonly parentKey?: string | null;
  /** Of what waits for a record that it cannot be without, as `wholeKeyOf` has it. */
  readonly wholeKey?: string | undefined;
  readonly recordId?: string | null;
  /** The Salesforce field at fault. */
  readonly field?: string | null;
  /** The worst of what the org said, where it was the org that refused. */
  readonly errorKind?: ErrorKind;
  /** What of the record has failed, where several things may at a time; each has an issue of its own. */
  readonly aspect?: string;
  /** Whether it is over when a person says so, and not when the record is looked at again; absent for no. */
  readonly untilDecided?: boolean;
  /** What the shop and Salesforce hold of the field. */
  readonly wooValue?: string | null;
  readonly salesforceValue?: string | null;
}

/** A failure as a listener hears it. Its key and message hold no e-mail address. */
export interface HeardFailure extends Failure, FailureDetails {
  /** Of the record, the same each time and another for each: that of a guest without the address. */
  readonly recordKey: string;
}

/** Hears of every record that is decided on, where a report keeps the first failures only. */
export interface ReportListener {
  failed(mapping: Mapping, failure: HeardFailure): void;
  /** A person had to decide of it, or would have had; this is what became of it. */
  settled?(mapping: Mapping, outcome: HeardFailure): void;
  /** The record is in step, on its way, or not wanted; where it is refused later, `failed` follows. */
  seen(mapping: Mapping, recordKey: string): void;
}

/** A record that was in the org before it was synced. */
export interface Adoption {
  readonly key: string;
  readonly recordId: string;
  /** It keeps its key: of another store, of the same person's account, or of a colleague. */
  readonly byId: boolean;
}

/** What became of the records of one mapping. */
export interface MappingReport {
  readonly mapping: string;
  readonly label: string;
  readonly resource: string;
  readonly object: string;
  /** Records that the store showed. */
  read: number;
  /** Those that the mapping wants in Salesforce. */
  wanted: number;
  created: number;
  /** Records that were in the org before, found by their match fields. */
  adopted: number;
  updated: number;
  /** Records of the shop that a change in Salesforce has changed. */
  pushed: number;
  unchanged: number;
  /** Deleted in Salesforce, or flagged there as deleted. */
  removed: number;
  failed: number;
  /** Of the failed ones, those for which the org has several records that may be meant. */
  ambiguous: number;
  /** Records that do not come, since a person wants it so. */
  leftOut: number;
  /** The first of the records that were found in the org. */
  readonly adoptions: Adoption[];
  /** The first of the failed ones; `failed` counts them all. */
  readonly failures: Failure[];
  /** Fields that keep what Salesforce held before anything was known of it, since a person may have typed it. */
  kept: number;
  /** Records that were written without something that they have in the shop. */
  noted: number;
  /** The first of those. */
  readonly notes: Note[];
}

/** What a person should hear of a record that was written. */
interface Note {
  readonly key: string;
  readonly message: string;
}

/** Failures and adoptions of which more is kept than their number. */
const KEPT = 100;

/** Candidates that a message names. */
const CANDIDATES_SHOWN = 20;

/** Counts the outcomes of a run, per mapping. Keeps no more than the keys of what failed. */
export class Report {
  readonly #rows = new Map<string, MappingReport>();
  readonly #failed = new Set<string>();
  readonly #listener: ReportListener | undefined;

  constructor(mappings: readonly Mapping[], listener?: ReportListener) {
    this.#listener = listener;
    for (const { name, label, resource, object } of mappings) {
      this.#rows.set(name, {
        mapping: name,
        label,
        resource,
        object,
        read: 0,
        wanted: 0,
        created: 0,
        adopted: 0,
        updated: 0,
        pushed: 0,
        unchanged: 0,
        removed: 0,
        failed: 0,
        ambiguous: 0,
        leftOut: 0,
        noted: 0,
        kept: 0,
        adoptions: [],
        failures: [],
        notes: [],
      });
    }
  }

  of(mapping: Mapping): MappingReport {
    const row = this.#rows.get(mapping.name);
    if (!row) throw new Error(`mapping ${mapping.name} is not part of this run`);
    return row;
  }

  /** What became of a field that may have been an open conflict; nothing comes of it where it was none. */
  settle(mapping: Mapping, { key, code, message, ...details }: Failure & FailureDetails): void {
    const heard = { key: maskEmails(key), code, message: maskEmails(message) };
    this.#listener?.settled?.(mapping, { ...heard, ...details, recordKey: keyWithoutAddress(key) });
  }

  /** Counts a failure. What is kept of it is printed and logged, so it holds no e-mail address. */
  fail(mapping: Mapping, { key, code, message, ...details }: Failure & FailureDetails): void {
    const row = this.of(mapping);
    row.failed += 1;
    this.#failed.add(`${mapping.name} ${key}`);
    if (row.failures.length >= KEPT && !this.#listener) return;
    const failure = { key: maskEmails(key), code, message: maskEmails(message) };
    if (row.failures.length < KEPT) row.failures.push(failure);
    this.#listener?.failed(mapping, {
      ...failure,
      ...details,
      recordKey: keyWithoutAddress(key),
    });
  }

  /** A record was decided on, and nothing is wrong with it so far. */
  see(mapping: Mapping, key: string): void {
    this.#listener?.seen(mapping, keyWithoutAddress(key));
  }

  /** Counts a record of which a person should hear something. */
  note(mapping: Mapping, key: string, messages: readonly string[]): void {
    const row = this.of(mapping);
    row.noted += 1;
    if (row.notes.length >= KEPT) return;
    row.notes.push({ key: maskEmails(key), message: maskEmails(messages.join(' ')) });
  }

  /** Counts a field that keeps what Salesforce held. */
  keep(mapping: Mapping): void {
    this.of(mapping).kept += 1;
  }

  /** Counts a record for which the org has several that may be meant. */
  failAmbiguous(mapping: Mapping, key: string, recordIds: readonly string[]): void {
    this.of(mapping).ambiguous += 1;
    const shown = recordIds.slice(0, CANDIDATES_SHOWN).join(', ');
    const more = recordIds.length - CANDIDATES_SHOWN;
    this.fail(mapping, {
      key,
      code: 'MATCH_AMBIGUOUS',
      message: `${recordIds.length} ${mapping.object} records match: ${shown}${more > 0 ? ` and ${more} more` : ''}. Nothing was written. Merge them in Salesforce, or put ${spelledOut(key)} into ${mapping.keyField} of the right one.`,
    });
  }

  /** Counts a record that does not come, since a person wants it so. */
  leaveOut(mapping: Mapping, key: string): void {
    this.of(mapping).leftOut += 1;
    this.see(mapping, key);
  }

  /** Notes a record that was in the org before it was synced. */
  noteAdoption(mapping: Mapping, { key, recordId, byId }: Adoption): void {
    const { adoptions } = this.of(mapping);
    if (adoptions.length < KEPT) adoptions.push({ key: maskEmails(key), recordId, byId });
  }

  hasFailed(mapping: Mapping, key: string): boolean {
    return this.#failed.has(`${mapping.name} ${key}`);
  }

  /** Failures of all mappings. */
  get failed(): number {
    return this.rows.reduce((sum, { failed }) => sum + failed, 0);
  }

  get rows(): readonly MappingReport[] {
    return [...this.#rows.values()];
  }
}

/** A key as a person can write it: reports cut e-mail addresses, so that of a guest is described. */
function spelledOut(key: string): string {
  const { store, email } = parseKey(key);
  return email === null ? key : `"${store}:guest:" and the whole address in lower case`;
}
