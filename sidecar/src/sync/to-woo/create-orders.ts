import { NOTE_ATTRIBUTES } from '../../mapping/attributes/known-attributes.ts';
import { wooId, wooKey } from '../../mapping/keys/keys.ts';
import { newKey } from '../../mapping/keys/new-record-key.ts';
import { text } from '../../mapping/model/json-shape.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { CORE_STATUSES, DRAFT_STATUS, statusSlug } from '../../mapping/to-woo/order-status.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { Run } from '../model/run.ts';
import { type DraftProblem, orderOf } from './drafts/draft-body.ts';
import { sentOnce, shopLed, tellEdited } from './drafts/draft-edits.ts';
import { fieldOf, readParts } from './drafts/draft-lines.ts';
import { fail, type Made, type Maker, type Newborn } from './newborn.ts';
import { keepSent } from './sent-values.ts';
import { shopRefusal } from './shop-refusal.ts';

/** How orders of the shop are made of drafts: once their status is one that the list of transitions gives a draft. */
export const ORDERS: Maker = {
  resource: 'order',
  list: 'orders',
  inEachStore: false,
  reads: fieldsOfDrafts,
  make,
  found: forNotes,
  tellEdited,
};

function fieldsOfDrafts(mapping: Mapping): readonly string[] {
  return sentOnce(mapping).map(({ field }) => field);
}

async function make(
  run: Run,
  newborns: readonly Newborn[],
  begun: ReadonlyMap<string, Date>,
): Promise<Made> {
  const here = newborns.filter((one) => isHere(run, one));
  const away = newborns.filter((one) => !here.includes(one) && !run.stillDirty.has(one.key));
  const wanted = here.filter(isReady);
  const claimed = await claim(run, wanted, begun);
  const sent = await send(run, claimed.own);
  const idle = [...away, ...here.filter((one) => !wanted.includes(one))];
  return {
    records: sent.records,
    made: sent.made,
    // Who was to make it before says by now whether it did.
    again: [...claimed.again, ...sent.again, ...away.flatMap((one) => movedOn(one, begun))],
    over: [...idle.map(({ key }) => key), ...claimed.over],
  };
}

/** Whether the draft is for this store. Which store it is for must be said where there are several. */
function isHere(run: Run, one: Newborn): boolean {
  const { createsIn } = one.mapping;
  const named = storeOf(one);
  const own = run.store.key;
  if (named === own || (named === '' && createsIn.length === 1)) return true;
  if (!isReady(one) || createsIn.includes(named) || createsIn[0] !== own) return false;
  const what = named === '' ? 'names no store' : `names the store "${named}"`;
  fail(run, one, {
    code: 'DRAFT_STORE',
    field: fieldOf(one.mapping, 'store'),
    message: `The draft ${what}; orders are made in ${createsIn.join(', ')}.`,
  });
  return false;
}

function storeOf({ mapping, held }: Newborn): string {
  const field = fieldOf(mapping, 'store');
  return field === null ? '' : text(held[field]).trim();
}

/** A draft without a status is still being written. */
function isReady({ mapping, held }: Newborn): boolean {
  const status = mapping.outgoing.find(({ attribute }) => attribute === 'status');
  const given = status?.fromSalesforce(held[status.field]) ?? null;
  return given !== null && given !== DRAFT_STATUS;
}

function movedOn(one: Newborn, begun: ReadonlyMap<string, Date>): readonly ChangeEvent[] {
  const named = storeOf(one);
  if (!begun.has(one.key) || !one.mapping.createsIn.includes(named)) return [];
  return [{ resource: 'order', key: newKey(named, one) }];
}

/**
 * Notes the attempts, and leaves out drafts that another store may have made: a draft whose store was changed
 * while it was sent. That store looks first.
 */
async function claim(run: Run, wanted: readonly Newborn[], begun: ReadonlyMap<string, Date>) {
  const others = wanted.flatMap((one) =>
    one.mapping.createsIn
      .filter((store) => store !== run.store.key)
      .map((store) => ({ one, key: newKey(store, one) })),
  );
  const fresh = wanted.filter(({ key }) => !begun.has(key)).map(({ key }) => key);
  if (others.length === 0) return { own: wanted, again: [], over: [] };
  await run.state.twoWay.beginCreations(fresh);
  const elsewhere = await run.state.twoWay.begunCreations(others.map(({ key }) => key));
  const taken = others.filter(({ key }) => elsewhere.has(key));
  const lost = new Set(taken.map(({ one }) => one));
  const own = wanted.filter((one) => !lost.has(one));
  const over = [...lost].map(({ key }) => key).filter((key) => fresh.includes(key));
  await run.state.twoWay.endCreations(over);
  return {
    own,
    over,
    again: taken.map(({ key }): ChangeEvent => ({ resource: 'order', key })),
  };
}

async function send(run: Run, drafts: readonly Newborn[]) {
  const records: WooRecord[] = [];
  const made: Newborn[] = [];
  if (drafts.length === 0) return { records, made, again: [] };
  const { lines, customers } = await readParts(run, drafts);
  const whole = drafts.flatMap((one) => {
    const order = orderOf(one, lines.get(one.recordId) ?? [], customers.get(one.recordId));
    if ('body' in order) return [{ one, body: order.body }];
    refuse(run, one, order.problems);
    return [];
  });
  const ready = await withKnownStatus(run, whole);
  if (ready.length === 0) return { records, made, again: [] };
  const begun = ready.map(({ one }) => one);
  await keepSent(run, begun, shopLed);
  await run.state.twoWay.beginCreations(begun.map(({ key }) => key));
  const results = await run.store.createOrders(ready.map(({ body }) => body));
  for (const [at, { one }] of ready.entries()) {
    const result = results[at];
    if (result === undefined) throw new Error(`no result for ${one.key}`);
    if ('error' in result) {
      fail(run, one, shopRefusal(result.error));
      continue;
    }
    records.push(result.record);
    made.push({ ...one, wooId: wooId(result.record['id']) });
  }
  return { records, made, again: await forNotes(run, made) };
}

/** A batch of the shop makes an order pending whose status it does not know. */
async function withKnownStatus<T extends { readonly one: Newborn; readonly body: WooRecord }>(
  run: Run,
  whole: readonly T[],
): Promise<readonly T[]> {
  const isCore = ({ body }: T) => CORE_STATUSES.includes(text(body['status']));
  if (whole.every(isCore)) return whole;
  const own = new Set((await run.store.orderStatuses()).map(({ slug }) => slug));
  return whole.filter((draft) => {
    const status = statusSlug(draft.body['status']);
    if (isCore(draft) || (status !== null && own.has(status))) return true;
    const { mapping } = draft.one;
    const message = `${mapping.name}: the draft is to be "${status ?? ''}", which the shop does not have.`;
    fail(run, draft.one, {
      code: 'TO_WOO_STATUS_UNKNOWN',
      message,
      field: mapping.outgoing.find(({ attribute }) => attribute === 'status')?.field ?? null,
    });
    return false;
  });
}

/** Notes are sent by themselves, once the order is linked. */
async function forNotes(run: Run, made: readonly Newborn[]): Promise<readonly ChangeEvent[]> {
  const again = made.filter(hasNotes).map((one): ChangeEvent => ({
    resource: 'order',
    key: wooKey(run.store.key, one.wooId ?? 0),
  }));
  await run.state.twoWay.markDirty(again.map(({ key }) => key));
  return again;
}

function hasNotes({ mapping, held }: Newborn): boolean {
  return mapping.outgoing.some(
    (field) =>
      NOTE_ATTRIBUTES.has(field.attribute) && field.fromSalesforce(held[field.field]) !== null,
  );
}

function refuse(run: Run, one: Newborn, problems: readonly DraftProblem[]): void {
  fail(run, one, {
    code: [...new Set(problems.map(({ code }) => code))].join(', '),
    message: problems.map(({ message }) => message).join(' '),
    field: problems.find(({ field }) => field !== null)?.field ?? null,
  });
}
