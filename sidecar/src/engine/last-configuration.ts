import type { Setup, StoreSetup } from '../ports/setup.ts';
import type { State } from '../ports/state.ts';
import { sweepAgain, sweptUntil } from '../sync/detect/sweep-salesforce.ts';

const CURSOR = 'made in shops';

/** Times as ISO 8601, by what they are of. */
type Times = Readonly<Record<string, string>>;

/** By what the sync went when the configuration was read. */
interface Read {
  /** As ISO 8601. */
  readonly at: string;
  /** Stores with the objects whose records were made there, as `namesOf` names them. */
  readonly made: readonly string[];
  /** Those of which no mapping is there any more, since it was switched off or is held: up to when records were made. */
  readonly away: Times;
  /** Stores with the fields that went there, as `fieldsOf` names them; absent where an earlier version read it. */
  readonly sent?: readonly string[];
  /** Those that do not go there any more: up to when they went. */
  readonly stopped?: Times;
}

/** Remembers when the configuration was read last, also over a restart. */
export class LastConfiguration {
  readonly #state: Pick<State, 'cursor' | 'saveCursor'>;
  #before: Read | null = null;

  constructor(state: Pick<State, 'cursor' | 'saveCursor'>) {
    this.#state = state;
  }

  /** Stores with the objects whose records were made there by a mapping that was switched off or is held; `store Object`. */
  get away(): ReadonlySet<string> {
    return new Set(Object.keys(this.#before?.away ?? {}));
  }

  /**
   * Has the sweep of Salesforce go back for records that are to be made in a shop from now on, and for fields that go to
   * one: to what may have been saved after the last reading, when nobody knew; and where no mapping was there for a time,
   * to what was saved meanwhile, which a sweep for another store or another field has passed.
   * @returns whether there are such
   */
  async take(setup: Setup): Promise<boolean> {
    const saved = (await this.#state.cursor('', CURSOR)) as Read | null;
    // What this process went by comes first: another one that shares the state may have read meanwhile.
    const before = this.#before ?? saved;
    const away = before === null ? awayFromTheFirst(setup) : earliest(before.away, saved?.away);
    const stopped = earliest(before?.stopped, saved?.stopped);
    const made = madeInWoo(setup);
    const sent = sentToWoo(setup);
    const madeBefore = { at: before?.at ?? '', names: before?.made ?? null };
    const sentBefore = { at: before?.at ?? '', names: before?.sent ?? null };
    const fresh = [...freshOf(made, madeBefore, away), ...freshOf(sent, sentBefore, stopped)];
    for (const [object, since] of Object.entries(earliest(...fresh)))
      await sweepAgain(this.#state, object, new Date(since));
    const read: Read = {
      at: setup.readAt.toISOString(),
      made,
      // A mapping that is there and makes none was told so: what was saved without it is not wanted in the shop.
      away: await this.#goneNow(thereIn(setup.stores), madeBefore, away),
      sent,
      stopped: await this.#goneNow(new Set(sent), sentBefore, stopped),
    };
    await this.#state.saveCursor('', CURSOR, read);
    this.#before = read;
    return fresh.length > 0;
  }

  /** What was there at the last reading or before it, and is not now. */
  async #goneNow(there: ReadonlySet<string>, before: Before, known: Times): Promise<Times> {
    const gone: Times[] = [];
    for (const name of before.names ?? []) {
      if (there.has(name)) continue;
      const swept = await sweptUntil(this.#state, objectOf(name));
      gone.push({ [name]: before.at }, swept === null ? {} : { [name]: swept });
    }
    const all = Object.entries(earliest(known, ...gone));
    return Object.fromEntries(all.filter(([name]) => !there.has(name)));
  }
}

/** What was there at the last reading; no names where nothing is known of it. */
interface Before {
  readonly at: string;
  readonly names: readonly string[] | null;
}

/** Since when nobody has looked at what was not there at the last reading, by object. */
function freshOf(names: readonly string[], before: Before, away: Times): readonly Times[] {
  return names.flatMap((name): readonly Times[] => {
    const isNew = before.names?.includes(name) === false;
    const since = away[name] ?? (isNew ? before.at : null);
    return since === null ? [] : [{ [objectOf(name)]: since }];
  });
}

/**
 * What a state that is new finds switched off or held: an earlier state, which is lost, may have known it as away. As far
 * as anybody knows it is so from now on.
 */
function awayFromTheFirst({ stores, compiledOf, readAt }: Setup): Times {
  const there = thereIn(stores);
  const rows = compiledOf.source.mappings.filter(({ createInWoo }) => createInWoo);
  const names = stores.flatMap(({ store: { key } }) =>
    rows
      .filter(({ store }) => store === null || store === key)
      .flatMap(({ object }) => (object === null ? [] : [`${key} ${object.trim()}`])),
  );
  const gone = names.filter((name) => !there.has(name));
  return Object.fromEntries(gone.map((name) => [name, readAt.toISOString()]));
}

function thereIn(stores: Setup['stores']): ReadonlySet<string> {
  return new Set(stores.flatMap((one) => namesOf(one.store.key, one.mappings)));
}

/** The earliest time of each. */
function earliest(...all: readonly (Times | undefined)[]): Times {
  const first = new Map<string, string>();
  for (const [name, time] of all.flatMap((times) => Object.entries(times ?? {}))) {
    const known = first.get(name);
    if (known === undefined || time < known) first.set(name, time);
  }
  return Object.fromEntries(first);
}

function madeInWoo({ stores }: Setup): readonly string[] {
  return stores.flatMap(({ store, mappings }) =>
    namesOf(
      store.key,
      mappings.filter((one) => one.createInWoo),
    ),
  );
}

function sentToWoo({ stores }: Setup): readonly string[] {
  return stores.flatMap(({ store, mappings }) => fieldsOf(store.key, mappings));
}

/** Neither keys of stores nor names of objects and fields have blanks. */
function namesOf(store: string, mappings: StoreSetup['mappings']): readonly string[] {
  return [...new Set(mappings.map(({ object }) => `${store} ${object}`))];
}

/** Fields that go to the shop of a store, of its own records or of those that it shares. */
function fieldsOf(store: string, mappings: StoreSetup['mappings']): readonly string[] {
  const names = mappings.flatMap(({ object, outgoing, foreign }) =>
    [...outgoing, ...foreign.outgoing].map(({ field }) => `${store} ${object} ${field}`),
  );
  return [...new Set(names)];
}

const objectOf = (name: string): string => name.split(' ')[1] ?? '';
