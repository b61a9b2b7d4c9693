import { CodedError } from '../../errors/coded-error.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { parseTypedKey, wooId, wooKey } from '../../mapping/keys/keys.ts';
import { isPart, RESOURCE_NAMES, RESOURCES } from '../../mapping/model/resources.ts';
import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { ImageLinks } from '../../ports/images.ts';
import type { IssueStore } from '../../ports/issues.ts';
import type { Leases } from '../../ports/leases.ts';
import type { OrgLeads, Org, OrgAudit } from '../../ports/org.ts';
import type { Setup, StoreSetup } from '../../ports/setup.ts';
import type { State } from '../../ports/state.ts';
import { cut } from '../../sync/report/own-objects.ts';
import type { Availability } from '../availability.ts';
import type { StoreBudgets } from '../budget/store-budgets.ts';
import type { Looking } from './editor/editor-looks.ts';

export const OBJECT = 'Woo_Command__c';

const FIELDS = 'Id, Name, Type__c, State__c, Arguments__c, Record_Id__c, Resource__c, Store__c';

/**
 * The commands that wait, and those that somebody works on or died over, the oldest first. One that was made by
 * the API may lack the default state.
 */
export const WAITING_SOQL = `SELECT ${FIELDS} FROM ${OBJECT} WHERE State__c = null OR State__c IN ('waiting', 'running') ORDER BY CreatedDate, Id LIMIT 200`;

export function commandSoql(id: string): string {
  return `SELECT ${FIELDS} FROM ${OBJECT} WHERE Id = '${id}'`;
}

/** What commands work with. */
export interface CommandsParts {
  readonly org: Org & OrgAudit & OrgLeads;
  readonly state: State;
  readonly queue: ChangeQueue;
  readonly issues: IssueStore;
  readonly leases: Leases;
  readonly availability: Availability;
  readonly budgets: Pick<StoreBudgets, 'allowance'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Null while the org has not told. */
  readonly setup: () => Setup | null;
  /** Reads the setup anew. @throws CodedError where the org does not tell */
  readonly reload: () => Promise<void>;
  /** As that of `EngineParts`. */
  readonly adoptAddress: (store: string) => Promise<string>;
  /** Null where the shops cannot fetch images from us. */
  readonly links: ImageLinks | null;
  /** Where messages tell us of commands; null where they are looked for. */
  readonly publicUrl: string | null;
  /** Ends what is under way; the next start takes it up. */
  readonly signal: AbortSignal;
}

/** A command as a person gave it. */
export interface Command {
  readonly id: string;
  /** Such as `WC-000012`. */
  readonly name: string;
  readonly type: string;
  readonly state: string;
  /** Empty for none. */
  readonly arguments: string;
  readonly recordId: string;
  readonly resource: string;
  readonly store: string;
}

/** What becomes of a command: whether it failed, and in words. */
export interface CommandResult {
  readonly failed: boolean;
  readonly text: string;
  /** Text is that of `resultData`, which must stay whole; absent for words. */
  readonly isData?: true;
}

/** A command that is being carried out. */
export interface Work {
  readonly command: Command;
  readonly setup: Setup;
  /** It was under way before, in a process that died or was stopped. */
  readonly resumed: boolean;
  /** Aborted when it was cancelled, and when this process has to leave it. */
  readonly signal: AbortSignal;
  /** How often commands of the mapping editor are looked for; null where messages tell of them. */
  readonly looking: Looking | null;
  /** How far it is. What is said too often is dropped. */
  tell(done: number, total: number, text: string): void;
}

export function toCommand(row: Readonly<Record<string, unknown>>): Command {
  const text = (field: string) => {
    const value = row[field];
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    id: text('Id'),
    name: text('Name'),
    type: text('Type__c'),
    state: text('State__c') || 'waiting',
    arguments: text('Arguments__c'),
    recordId: text('Record_Id__c'),
    resource: text('Resource__c'),
    store: text('Store__c'),
  };
}

/**
 * The Woo ids that a command names, as they stand in keys: of content of WordPress `<type>:<id>`.
 * @throws CodedError `COMMAND_ARGUMENTS_INVALID`
 */
export function wooIdsOf(command: Command): readonly string[] {
  const pieces = command.arguments.split(/[\s,;]+/).filter((piece) => piece !== '');
  const ids = pieces.map((piece) => {
    const id = idIn(command, piece);
    if (id !== null) return id;
    throw new CodedError(
      'COMMAND_ARGUMENTS_INVALID',
      `Arguments holds ${quoted(piece)}, which is not the id of a record in WooCommerce.`,
      command.resource === 'content'
        ? 'Put types and numbers there, separated by commas, such as page:12: those that WordPress shows in the address of the record.'
        : 'Put numbers there, separated by commas: those that the shop shows in the address of the record.',
    );
  });
  return [...new Set(ids)];
}

function idIn({ resource }: Command, piece: string): string | null {
  const isTyped = resource === 'content' || resource === 'tax_class';
  const key = resource === 'content' ? piece : `tax_class:${piece}`;
  if (isTyped) return parseTypedKey(wooKey('store', key)) === null ? null : piece;
  const id = wooId(piece);
  return id === null ? null : String(id);
}

/**
 * The stores that a command is for: the one that it names, or all.
 * @throws CodedError `STORE_UNKNOWN`
 */
export function storesOf({ store: key }: Command, setup: Setup): readonly StoreSetup[] {
  const { stores } = setup;
  const chosen = key === '' ? stores : stores.filter(({ store }) => store.key === key);
  if (chosen.length > 0) return chosen;
  const which = key === '' ? 'no active store' : `no active store with the key ${quoted(key)}`;
  throw new CodedError(
    'STORE_UNKNOWN',
    `The org has ${which} that can be reached; the sidecar knows: ${keysOf(setup)}.`,
    'See Setup › Custom Metadata Types › Woo Store: its Key, and whether it is Active.',
  );
}

/**
 * The one store that Woo ids are of.
 * @throws CodedError `STORE_UNKNOWN`, where it does not name one and there are several
 */
export function storeOf(command: Command, setup: Setup): StoreSetup {
  const [first, ...others] = storesOf(command, setup);
  if (first !== undefined && others.length === 0) return first;
  throw new CodedError(
    'STORE_UNKNOWN',
    `There are several stores (${keysOf(setup)}), and ids are those of one of them.`,
    'Put the key of the store into Store.',
  );
}

/**
 * What makes the records be looked at that have these Woo ids.
 * @throws CodedError `COMMAND_RESOURCE_UNKNOWN`
 */
export function changesOf(
  { resource }: Command,
  store: string,
  ids: readonly string[],
): readonly ChangeEvent[] {
  const found = RESOURCE_NAMES.filter((one) => !isPart(one)).find((one) => one === resource);
  if (found !== undefined) {
    const { comesWith, keyType } = RESOURCES[found];
    const prefix = keyType === null || keyType === 'each' ? '' : `${keyType}:`;
    return ids.map((id) => ({ resource: comesWith, key: wooKey(store, `${prefix}${id}`) }));
  }
  const choices = RESOURCE_NAMES.filter((one) => !isPart(one)).join(', ');
  throw new CodedError(
    'COMMAND_RESOURCE_UNKNOWN',
    resource === ''
      ? 'Arguments holds ids, and Woo Resource does not say of what.'
      : `Woo Resource is ${quoted(resource)}, which is none of ${choices}.`,
    'Choose one in Woo Resource. Items and refunds come along with their order.',
  );
}

/** What a person typed, in a sentence. */
export function quoted(text: string): string {
  return `"${cut(text, 40)}"`;
}

function keysOf({ stores }: Setup): string {
  return stores.map(({ store }) => store.key).join(', ') || 'none';
}
