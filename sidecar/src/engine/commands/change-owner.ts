import { CodedError } from '../../errors/coded-error.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import { changeFor } from '../../ports/change-for.ts';
import { queuedAs } from '../../ports/change-queue.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { StoreSetup } from '../../ports/setup.ts';
import type { SavedLink } from '../../ports/link.ts';
import { basesOfNewOwner, type Changing } from '../../sync/merge/new-owner.ts';
import { OrgRecords } from '../../sync/read/read-org-rows.ts';
import { type CommandsParts, type CommandResult, quoted, storesOf, type Work } from './command.ts';
import { count, first } from './output/result-text.ts';
import { targetsOf } from './targets.ts';
import { refuseBeforeBackfill, waitForProcessing } from './wait-for-processing.ts';

/** Records that change their owner together. */
const AT_ONCE = 500;
/** Attempts of records that a process which had read the former owner just before has written once more. */
const TRIES = 3;
/** Lines of a result. */
const SHOWN = 50;

/** Names the cursor that holds records which are being changed, so that the next process goes on with them. */
const BEGUN = 'owner';
/** Nobody proves by an address that a record is theirs. */
const GUEST = 'a guest owns no record';
const TWICE = 'the store has another record for the same one';

type Shared = Omit<Changing, 'mapping'>;

/**
 * Makes a store the owner of records that it shares with others: of those that the command names, or of all. What waits
 * of them is looked at first, so that edits reach the shop for which they were made. From then on the state says whose
 * they are, and the store's own write puts its key into the record; a crash in between loses nothing.
 * @throws CodedError where no store is named, or a side is out
 */
export async function changeOwner(parts: CommandsParts, work: Work): Promise<CommandResult> {
  const one = namedStore(work);
  await refuseBeforeBackfill(parts, one.store.key);
  const owned = new OwnerChange(parts, work, one);
  return owned.run(await namedIn(parts, work, one));
}

/** @throws CodedError `STORE_UNKNOWN` */
function namedStore({ command, setup }: Work): StoreSetup {
  const [one] = command.store === '' ? [] : storesOf(command, setup);
  if (one !== undefined) return one;
  throw new CodedError(
    'STORE_UNKNOWN',
    'The command does not say which store is to own the records.',
    'Put the key of that store into Store.',
  );
}

/**
 * The store's keys of the records that the command names; null where it names none.
 * @throws CodedError where it names records that are none of the store's
 */
async function namedIn(
  parts: CommandsParts,
  { command, setup }: Work,
  { store }: StoreSetup,
): Promise<readonly string[] | null> {
  if (command.recordId === '' && command.arguments === '') return null;
  const changes = await targetsOf(parts, command, setup);
  const keys = changes.map(({ key }) => key).filter((key) => parseKey(key).store === store.key);
  if (keys.length > 0) return keys;
  throw new CodedError(
    'COMMAND_RECORD_UNKNOWN',
    `The record is none of the store ${quoted(store.key)}: its shop does not have it.`,
    'Name a record that both shops have.',
  );
}

class OwnerChange {
  readonly #parts: CommandsParts;
  readonly #work: Work;
  readonly #setup: StoreSetup;
  #done = 0;
  /** Why records stay with the other store, by object and key. */
  readonly #stay = new Map<string, string>();

  constructor(parts: CommandsParts, work: Work, setup: StoreSetup) {
    this.#parts = parts;
    this.#work = work;
    this.#setup = setup;
  }

  async run(keys: readonly string[] | null): Promise<CommandResult> {
    await this.#change((await this.#begun()).flatMap((one) => this.#mapped(one) ?? []));
    while (!this.#isStopped()) {
      const { all, isLast, total } = await this.#next(keys);
      if (isLast) break;
      this.#work.tell(this.#done, total, `${this.#done} of ${count(total, 'record')} changed.`);
      await this.#change(all.flatMap((one) => this.#mapped(one) ?? []));
    }
    return this.#result(keys !== null);
  }

  /** Those that a process was about when it ended. */
  async #begun(): Promise<readonly Shared[]> {
    const begun = await this.#parts.state.cursor(this.#setup.store.key, BEGUN);
    return (begun as readonly Shared[] | null) ?? [];
  }

  /** Those that are next, each record once: a store may have it twice. */
  async #next(keys: readonly string[] | null) {
    const { state } = this.#parts;
    const { key: store } = this.#setup.store;
    const most = AT_ONCE + this.#stay.size;
    const { first: found, count: left } =
      keys === null
        ? await state.twoWay.shared(store, most)
        : await sharedAmong(this.#parts, this.#setup, keys);
    const fresh = found.filter((one) => !this.#stay.has(nameOf(one))).slice(0, AT_ONCE);
    const taken = new Set<string>();
    const all = fresh.filter((one) => {
      const isGuest = parseKey(one.key).email !== null;
      const stays = isGuest || taken.has(one.recordId);
      if (stays) this.#stay.set(nameOf(one), isGuest ? GUEST : TWICE);
      else taken.add(one.recordId);
      return !stays;
    });
    return { all, isLast: fresh.length === 0, total: this.#done + left };
  }

  /** Null for what cannot be the store's. */
  #mapped(one: Shared): Changing | null {
    const mapping = this.#setup.mappings.find(({ object }) => object === one.object);
    if (mapping === undefined || mapping.direction === 'to_woo') {
      this.#stay.set(nameOf(one), 'no mapping of the store that runs brings it to Salesforce');
      return null;
    }
    return { ...one, mapping };
  }

  async #change(all: readonly Changing[]): Promise<void> {
    if (all.length === 0) return;
    const { state } = this.#parts;
    const { key: store } = this.#setup.store;
    const former = await this.#eventsOf(all, ({ owner }) => owner);
    const own = await this.#eventsOf(all, ({ key }) => key);
    const running = new Set(this.#work.setup.stores.map((one) => one.store.key));
    const waiting = former.filter(({ key }) => running.has(parseKey(key).store));
    if (waiting.length > 0) await waitForProcessing(this.#parts, this.#work, waiting);
    if (this.#isStopped()) return;
    const pairs = all.map(({ object, key, recordId, owner }) => ({ object, key, recordId, owner }));
    await state.saveCursor(store, BEGUN, pairs);
    let left = all;
    for (let tries = 0; left.length > 0 && tries < TRIES; tries += 1) {
      await this.#take(left, [...own, ...waiting]);
      await waitForProcessing(this.#parts, this.#work, own);
      left = await this.#othersAmong(left);
      if (this.#isStopped()) return;
    }
    await state.saveCursor(store, BEGUN, null);
    this.#done += all.length - left.length;
    for (const one of left)
      this.#stay.set(nameOf(one), 'its key is not written yet; see its Woo Sync Issue');
  }

  async #eventsOf(
    all: readonly Changing[],
    keyOf: (one: Changing) => string,
  ): Promise<readonly ChangeEvent[]> {
    const links = await this.#linksOf(all, keyOf);
    return all.flatMap((one) => {
      const link = links.get(`${one.object} ${keyOf(one)}`);
      return changeFor(one.mapping.resource, keyOf(one), link?.parentKey ?? null) ?? [];
    });
  }

  async #linksOf(all: readonly Changing[], keyOf: (one: Changing) => string) {
    const links = new Map<string, SavedLink>();
    for (const [object, some] of Map.groupBy(all, (one) => one.object)) {
      for (const link of (await this.#parts.state.links(object, some.map(keyOf))).values())
        links.set(`${object} ${link.key}`, { ...link, readNumber: 0 });
    }
    return links;
  }

  /** Whoever has read one of them before this is found to be late, and looks again. */
  async #take(all: readonly Changing[], changes: readonly ChangeEvent[]): Promise<void> {
    const { org, state, queue } = this.#parts;
    const own = await this.#linksOf(all, ({ key }) => key);
    const former = await this.#linksOf(all, ({ owner }) => owner);
    const readNumber = await state.beginRead();
    await state.twoWay.saveBase(await basesOfNewOwner({ org, twoWay: state.twoWay }, all));
    const written = { state: 'verified', hash: null, readNumber } as const;
    const links = all.flatMap(({ object, key, owner }) => [
      ...of(own.get(`${object} ${key}`), { ...written, byId: false }),
      ...of(former.get(`${object} ${owner}`), { ...written, byId: true }),
    ]);
    await state.didWrite(links, []);
    await queue.add(changes, queuedAs(changes.length));
  }

  /** Those that carry another key than the store's, or that the state takes for another store's. */
  async #othersAmong(all: readonly Changing[]): Promise<readonly Changing[]> {
    const records = new OrgRecords();
    for (const { object, recordId, mapping } of all)
      records.want(object, recordId, [mapping.keyField]);
    const rows = await records.read(this.#parts.org);
    const links = await this.#linksOf(all, ({ key }) => key);
    return all.filter(({ object, key, recordId, mapping }) => {
      const row = rows.get(recordId);
      const isOwn = links.get(`${object} ${key}`)?.byId !== true;
      return row !== undefined && (row[mapping.keyField] !== key || !isOwn);
    });
  }

  #isStopped(): boolean {
    return this.#work.signal.aborted;
  }

  #result(isNamed: boolean): CommandResult {
    const { key } = this.#setup.store;
    const stay = [...this.#stay].flatMap(([name, why]) =>
      why === GUEST ? [] : [`${name} stays as it is: ${why}.`],
    );
    const stopped = this.#isStopped() ? ['Stopped; those that are left stay as they are.'] : [];
    const done =
      this.#done === 0 && stay.length === 0
        ? `No record of the store ${quoted(key)} belongs to another one${isNamed ? ', among those that were named' : ''}.`
        : `${count(this.#done, 'record')} ${this.#done === 1 ? 'belongs' : 'belong'} to the store ${quoted(key)} now, with what its shop says.`;
    return {
      failed: stay.length > 0,
      text: [...stopped, done, ...first(stay, SHOWN)].join('\n'),
    };
  }
}

const nameOf = ({ object, key }: Pick<Shared, 'object' | 'key'>): string => `${object} ${key}`;

function of(link: SavedLink | undefined, over: Partial<SavedLink>): readonly SavedLink[] {
  return link === undefined ? [] : [{ ...link, ...over }];
}

/** The records of these keys that belong to other stores. */
async function sharedAmong(
  { state }: CommandsParts,
  { store, mappings }: StoreSetup,
  keys: readonly string[],
): Promise<{ readonly first: readonly Shared[]; readonly count: number }> {
  const found: Shared[] = [];
  for (const object of new Set(mappings.map((one) => one.object))) {
    const links = [...(await state.links(object, keys)).values()].filter(({ byId }) => byId);
    const pairs = await state.twoWay.linkedTo(links.map(({ recordId }) => recordId));
    for (const { key, recordId } of links) {
      const owner = pairs.find(
        (one) => one.object === object && one.recordId === recordId && !one.byId,
      );
      if (owner !== undefined && parseKey(owner.key).store !== store.key)
        found.push({ object, key, recordId, owner: owner.key });
    }
  }
  return { first: found, count: found.length };
}
