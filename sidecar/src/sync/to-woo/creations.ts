import { CodedError } from '../../errors/coded-error.ts';
import { parseKey, wooId, wooKey } from '../../mapping/keys/keys.ts';
import { parseNewKey } from '../../mapping/keys/new-record-key.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { RESOURCES } from '../../mapping/model/resources.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { StaleLink } from '../../ports/link.ts';
import { mappingsOf, type Run } from '../model/run.ts';
import { OrgRecords } from '../read/read-org-rows.ts';
import { ORDERS } from './create-orders.ts';
import { PRODUCTS } from './create-products.ts';
import { earlierAttempts } from './earlier-attempts.ts';
import { fail, type Made, type Maker, type Newborn } from './newborn.ts';
import { baseOnSent } from './sent-values.ts';

/** What came of records that the shop did not have. */
export interface Created {
  /** Records of the shop that belong to them, made now or by an earlier attempt, by their list. */
  readonly there: ReadonlyMap<Maker['list'], readonly WooRecord[]>;
  /** What is to be looked at next. */
  readonly again: readonly ChangeEvent[];
  /** The records of Salesforce that the shop has a record for. */
  readonly made: readonly Newborn[];
  /** Keys of which nothing is to be made any more. */
  readonly over: readonly string[];
}

const MAKERS: readonly Maker[] = [PRODUCTS, ORDERS];

/**
 * Makes records of the shop for records of Salesforce, where their mapping allows it. The shop has no way to
 * make one twice safely, so that each carries the id of its record, an attempt is noted before it is made,
 * and one whose end is unknown is searched for first.
 * @param keys as `newKey` makes them
 * @throws CodedError where one of the sides is out
 */
export async function create(run: Run, keys: readonly string[]): Promise<Created> {
  const all: Made[] = [];
  const there = new Map<Maker['list'], readonly WooRecord[]>();
  if (keys.length > 0) {
    for (const maker of MAKERS) {
      const made = await createBy(run, maker, keys);
      all.push(made);
      if (made.records.length > 0) there.set(maker.list, made.records);
    }
  }
  return {
    there,
    again: all.flatMap(({ again }) => again),
    made: all.flatMap(({ made }) => made),
    over: all.flatMap(({ over }) => over),
  };
}

/**
 * Forgets the attempts that are over, once records are linked. One whose record of the shop did not reach its record
 * in Salesforce stays known, so that it is searched for before another is made. That its mapping leaves it out is said
 * once its record of the shop was decided on: not while that is to be looked at again, since somebody, such as another
 * store that makes one too, has changed the record in Salesforce meanwhile.
 * @param again what was read too early, or written by somebody else meanwhile
 * @returns what is to be looked at once more behind that
 */
export async function endCreations(
  run: Run,
  { made, over }: Created,
  again: readonly StaleLink[],
): Promise<readonly ChangeEvent[]> {
  const linked = await run.state.twoWay.linkedTo(made.map(({ recordId }) => recordId));
  const done: string[] = [];
  const open: ChangeEvent[] = [];
  for (const { key, mapping, recordId, wooId: id } of made) {
    const { resource, object, name } = mapping;
    const own = wooKey(run.store.key, id ?? 0);
    const isLinked = linked.some(
      (pair) => pair.recordId === recordId && parseKey(pair.key).store === run.store.key,
    );
    if (isLinked) done.push(key);
    else if (again.some((one) => one.object === object && one.key === own))
      open.push({ resource: RESOURCES[resource].comesWith, key });
    else if (!run.report.hasFailed(mapping, own)) {
      run.report.fail(mapping, {
        key,
        recordId,
        aspect: 'shop',
        code: 'CREATE_LEFT_OUT',
        message: `The shop made ${resource} ${id ?? ''}, but its mapping ${name} takes no such record: nothing of it comes to Salesforce.`,
      });
    }
  }
  await run.state.twoWay.endCreations([...over, ...done]);
  return open;
}

async function createBy(run: Run, maker: Maker, keys: readonly string[]): Promise<Made> {
  const born = await newborns(run, maker, keys);
  if (born === null) return { records: [], made: [], again: [], over: [] };
  const { fresh, linked, again, over } = born;
  const begun = await run.state.twoWay.begunCreations(fresh.map(({ key }) => key));
  const { found, unseen } = await earlierAttempts(run, maker, fresh, begun);
  const known = fresh.flatMap((one) => {
    const record = found.get(one.recordId);
    return record === undefined ? [] : [{ ...one, wooId: Number(record['id']), record }];
  });
  const seen = (await maker.found?.(run, known)) ?? [];
  // What somebody has edited in them since, and what becomes of one in the trash, is seen to once they are linked.
  const edited = known.map((one): ChangeEvent => ({
    resource: maker.resource,
    key: wooKey(run.store.key, one.wooId),
  }));
  await run.state.twoWay.markDirty(edited.map(({ key }) => key));
  const wanted = fresh.filter((one) => !found.has(one.recordId) && !unseen.has(one));
  const made = await makeApart(run, maker, wanted, begun);
  run.shopBacklog?.sending(
    maker.resource,
    made.made.map(({ wooId: id }) => wooKey(run.store.key, id ?? 0)),
  );
  const records = new Map(made.records.map((record) => [wooId(record['id']), record]));
  const fromNow = made.made.flatMap((one) => {
    const record = records.get(one.wooId);
    return record === undefined ? [] : [{ ...one, record }];
  });
  await baseOnSent(run, [...known, ...fromNow]);
  await maker.tellEdited?.(run, { linked, found: known, made: fromNow });
  return {
    records: [...found.values(), ...made.records],
    made: [...known, ...made.made],
    again: [...again, ...seen, ...edited, ...made.again],
    over: [...over, ...made.over],
  };
}

/** What is asked for some of them and refused is the fault of those alone: they are halved until they are found. */
async function makeApart(
  run: Run,
  maker: Maker,
  wanted: readonly Newborn[],
  begun: ReadonlyMap<string, Date>,
): Promise<Made> {
  try {
    return await maker.make(run, wanted, begun);
  } catch (error) {
    const [first, ...more] = wanted;
    const isRefused = error instanceof CodedError && error.code === 'WOO_REQUEST_REFUSED';
    if (!isRefused || first === undefined) throw error;
    if (more.length === 0) {
      const { code, message, cure } = error;
      fail(run, first, { code, message: `${message} ${cure}` });
      return { records: [], made: [], again: [], over: [] };
    }
    const middle = Math.ceil(wanted.length / 2);
    const one = await makeApart(run, maker, wanted.slice(0, middle), begun);
    const other = await makeApart(run, maker, wanted.slice(middle), begun);
    return {
      records: [...one.records, ...other.records],
      made: [...one.made, ...other.made],
      again: [...one.again, ...other.again],
      over: [...one.over, ...other.over],
    };
  }
}

/** Whether nothing is to be made of a record that carries such a key. */
function isTaken(run: Run, key: string | null, { inEachStore }: Maker): boolean {
  if (key === null) return false;
  const { store, id } = parseKey(key);
  return !inEachStore || id === null || store === run.store.key;
}

async function newborns(run: Run, maker: Maker, keys: readonly string[]) {
  const records = new OrgRecords();
  const wanted = keys.flatMap((key) => {
    const parsed = parseNewKey(key);
    const those = mappingsOf(run, maker.resource).filter(({ object }) => object === parsed?.object);
    // Of several, with conditions that exclude each other, one may make records of the shop.
    const mapping = those.find(({ createInWoo }) => createInWoo) ?? those[0];
    if (parsed === null || mapping === undefined) return [];
    const fields = mapping.outgoing.map(({ field }) => field);
    const more = maker.reads(mapping);
    records.want(parsed.object, parsed.recordId, [mapping.keyField, ...fields, ...more]);
    return [{ ...parsed, key, mapping }];
  });
  if (wanted.length === 0) return null;
  const rows = await records.read(run.org);
  const links = await run.state.twoWay.linkedTo(wanted.map(({ recordId }) => recordId));
  const fresh: Newborn[] = [];
  const linked: Newborn[] = [];
  const again: ChangeEvent[] = [];
  const over: string[] = [];
  for (const one of wanted) {
    const held = rows.get(one.recordId);
    const carried = held?.[one.mapping.keyField];
    const known = links.find(
      ({ recordId, key }) => recordId === one.recordId && parseKey(key).store === run.store.key,
    );
    const own = known?.key ?? (typeof carried === 'string' ? carried : null);
    const id = own !== null && parseKey(own).store === run.store.key ? parseKey(own).id : null;
    if (own !== null && id !== null) {
      again.push({ resource: maker.resource, key: own });
      if (held !== undefined) linked.push({ ...one, held, wooId: id });
    }
    if (held === undefined || isTaken(run, own, maker)) over.push(one.key);
    // Where none is to be made any more an attempt stays known: it may have made one all the same.
    else if (one.mapping.createInWoo) fresh.push({ ...one, held, wooId: null });
  }
  await run.state.twoWay.markDirty(again.map(({ key }) => key));
  return { fresh, linked, again, over };
}
