import { sideOf } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { secondOf, secondsBefore } from '../../lib/gmt-seconds.ts';
import { wooId, wooKey } from '../../mapping/keys/keys.ts';
import { metaKeyOf, recordIdIn } from '../../mapping/keys/record-id-meta.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { Run } from '../model/run.ts';
import { fieldsRead } from '../read/fields-param.ts';
import { fail, type Maker, type Newborn } from './newborn.ts';

/** What the shop has of attempts whose end is unknown. */
export interface EarlierAttempts {
  /** Records of the shop, by the id of their record in Salesforce; in the trash, too. */
  readonly found: ReadonlyMap<string, WooRecord>;
  /** Those that the shop may have, or has, in a record that cannot be read: no other may be made. */
  readonly unseen: ReadonlySet<Newborn>;
}

/** A record that is too large to be handed over as a whole. */
interface Large {
  readonly id: number;
  readonly why: CodedError;
}

/** A shop's clock may have been set right since by so much. */
const OVERLAP_SECONDS = 3600;
/** A list of all statuses lacks the trash. */
const STATUSES = ['any', 'trash'];
/** Records that an issue names. */
const NAMED = 10;

/** Searches the shop for what earlier attempts have made. @throws CodedError where the shop is out */
export async function earlierAttempts(
  run: Run,
  maker: Maker,
  fresh: readonly Newborn[],
  begun: ReadonlyMap<string, Date>,
): Promise<EarlierAttempts> {
  const { list } = maker;
  const found = new Map<string, WooRecord>();
  const unsure = fresh.filter(({ key }) => begun.has(key));
  const times = unsure.flatMap(({ key }) => begun.get(key)?.getTime() ?? []);
  if (times.length === 0) return { found, unseen: new Set() };
  const since = await onClockOf(run, list, Math.min(...times));
  const params = { ...fieldsRead(list, run.mappings), modified_after: since };
  const large = new Map<number, Large>();
  for (const status of STATUSES) {
    const pages = run.store.walk(list, null, { ...params, status }, (record, why) => {
      const id = wooId(record['id']);
      if (id !== null) large.set(id, { id, why });
    });
    for await (const { records } of pages) {
      for (const { recordId, mapping } of unsure) {
        const record = records.find((one) => recordIdIn(mapping, one) === recordId);
        if (record !== undefined) found.set(recordId, record);
      }
      if (found.size === unsure.length) return { found, unseen: new Set() };
    }
  }
  const open = unsure.filter(({ recordId }) => !found.has(recordId));
  return { found, unseen: await unseenOf(run, maker, open, [...large.values()]) };
}

/** Looks at no more than whose the large ones are, and says of whom that leaves open what is in the way. */
async function unseenOf(
  run: Run,
  maker: Maker,
  open: readonly Newborn[],
  large: readonly Large[],
): Promise<ReadonlySet<Newborn>> {
  const unseen = new Set<Newborn>();
  const unread: Large[] = [];
  for (const one of large) {
    const owner = await ownerOf(run, maker, open, one.id);
    if (owner instanceof CodedError) unread.push({ ...one, why: owner });
    else if (owner !== null) {
      unseen.add(owner);
      hold(
        run,
        owner,
        `The shop has made ${nameOf(run, maker, one)} of this record, and none of it can be read`,
      );
    }
  }
  if (unread.length === 0) return unseen;
  const named = unread.slice(0, NAMED).map((one) => nameOf(run, maker, one));
  const more = unread.length > NAMED ? ` and ${unread.length - NAMED} more` : '';
  for (const one of open.filter((newborn) => !unseen.has(newborn))) {
    unseen.add(one);
    hold(
      run,
      one,
      `It is not known how the attempt to make this record in the shop ended, and one that may have come of it cannot be read: ${named.join(', ')}${more}`,
    );
  }
  return unseen;
}

function hold(run: Run, one: Newborn, what: string): void {
  const message = `${what}. No other ${one.mapping.resource} is made of ${one.recordId}.`;
  fail(run, one, { code: 'CREATE_NOT_SEEN', message });
}

/**
 * Whose a record is by its custom field, of which alone the shop is asked; WooCommerce before 7.0 gives all of them.
 * @returns null where it is nobody's of these, or gone; why even that cannot be read
 */
async function ownerOf(
  run: Run,
  { list }: Maker,
  open: readonly Newborn[],
  id: number,
): Promise<Newborn | CodedError | null> {
  const keys = new Set(open.flatMap(({ mapping }) => metaKeyOf(mapping) ?? []));
  const few = { _fields: 'id,meta_data', include_meta: [...keys].join(',') };
  try {
    for (const status of STATUSES) {
      const asked = { ...few, include: String(id), per_page: '1', status };
      const [record] = (await run.store.list(list, asked)).records;
      const isOf = ({ mapping, recordId }: Newborn) =>
        record !== undefined && recordIdIn(mapping, record) === recordId;
      if (record !== undefined) return open.find(isOf) ?? null;
    }
    return null;
  } catch (error) {
    if (error instanceof CodedError && isOfOne(error)) return error;
    throw error;
  }
}

/** A gateway that was deployed before this version refuses to ask for one custom field alone. */
function isOfOne(error: CodedError): boolean {
  return sideOf(error) === null;
}

function nameOf(run: Run, { resource }: Maker, { id, why }: Large): string {
  return `${resource} ${wooKey(run.store.key, id)} (${why.message})`;
}

/** A second of the shop's clock, which may be hours off, that is not after a moment of ours. */
async function onClockOf(run: Run, list: Maker['list'], moment: number): Promise<string> {
  const { storeTime } = await run.store.list(list, { per_page: '1', _fields: 'id' });
  const late = Math.max(0, Date.now() - storeTime.getTime());
  return secondsBefore(secondOf(new Date(moment - late)), OVERLAP_SECONDS);
}
