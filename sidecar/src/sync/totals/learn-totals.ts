import { CURRENCY_FIELDS, TOTALS_FIELDS } from '../../mapping/attributes/customer-totals.ts';
import { soqlText } from '../../lib/soql.ts';
import { COLLECTION_SIZE, type Org, type OrgAudit, type OrgRow } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import type { HeldTotals } from '../../ports/totals/totals-state.ts';
import { childOf, digestOfHeld } from './held-values.ts';

/** Records that a query answers at a time: Salesforce's own page. */
const PAGE = 2000;
/** Whose totals were looked at last, and when. */
const CURSOR = 'totals:foreign';
/** Totals are of all stores, and so is the cursor. */
const EVERY_STORE = '';
/** Our clock and that of the org may differ so much, and a transaction may take so long. */
const OVERLAP_MS = 600_000;
/** Each store has its night, and one look is enough for all. */
const LEAST_MS = 6 * 3_600_000;

/** Records of an object that are looked through by id. */
export interface TotalsSource {
  readonly name: string;
  /** @param after the id behind which the page begins; '' for the first */
  question(after: string): string;
  remember(rows: readonly OrgRow[]): Promise<void>;
}

export interface LearnParts {
  readonly org: Pick<Org, 'write'>;
  readonly state: Pick<State, 'totals'>;
  readonly objects: readonly string[];
  /** Called where the org has not deleted what is left over. */
  readonly onLeft?: () => void;
}

/** Customers of the org that were counted before, and what they hold: the state may be new, or was lost. */
export function totalsSources(parts: LearnParts): readonly TotalsSource[] {
  return sourcesOf(parts, '(Woo_Orders__c != null OR Woo_Guest_Orders__c != null)', '');
}

/**
 * Learns what somebody else has changed of totals since the last night, so that it is found to differ. One API call
 * for up to 2,000 records of each object, once a night for all stores. What the org did not delete is looked at again
 * in the next night.
 * @throws CodedError where the org cannot answer
 */
export async function learnForeignTotals(
  parts: LearnParts & {
    readonly org: OrgAudit & Pick<Org, 'queries' | 'write'>;
    readonly state: Pick<State, 'totals' | 'cursor' | 'saveCursor'>;
    readonly now: Date;
  },
): Promise<void> {
  const { org, state, now } = parts;
  const last = (await state.cursor(EVERY_STORE, CURSOR)) as { readonly at: string } | null;
  const since = last === null ? now.getTime() : Date.parse(last.at);
  if (last !== null && now.getTime() - since < LEAST_MS) return;
  const at = new Date(since - OVERLAP_MS).toISOString();
  const theirs = `SystemModstamp > ${at} AND LastModifiedById != ${soqlText(await org.userId())}`;
  const keyed = '(Woo_Key__c != null OR Woo_Orders__c != null OR Woo_Guest_Orders__c != null)';
  let left = 0;
  const onLeft = () => void (left += 1);
  let open = sourcesOf({ ...parts, onLeft }, `${theirs} AND ${keyed}`, theirs).map((source) => ({
    source,
    after: '',
  }));
  while (open.length > 0) {
    const pages = await org.queries(open.map(({ source, after }) => source.question(after)));
    for (const [index, { source }] of open.entries()) await source.remember(pages[index] ?? []);
    open = open.flatMap(({ source }, index) => {
      const page = pages[index] ?? [];
      return page.length < PAGE ? [] : [{ source, after: String(page.at(-1)?.['Id']) }];
    });
  }
  const from = left > 0 ? new Date(since) : now;
  await state.saveCursor(EVERY_STORE, CURSOR, { at: from.toISOString() });
}

function sourcesOf(parts: LearnParts, own: string, others: string): readonly TotalsSource[] {
  return parts.objects.flatMap((object) => {
    const { child, parent } = childOf(object);
    return [
      source(object, ['Id', ...TOTALS_FIELDS], own, (rows) => rememberOwn(parts, object, rows)),
      source(child, ['Id', 'Woo_Key__c', parent, ...CURRENCY_FIELDS], others, (rows) =>
        rememberCurrencies(parts, object, rows),
      ),
    ];
  });
}

function source(
  object: string,
  fields: readonly string[],
  where: string,
  remember: TotalsSource['remember'],
): TotalsSource {
  const question = (after: string) => {
    const behind = after === '' ? [] : [`Id > ${soqlText(after)}`];
    const terms = [...(where === '' ? [] : [where]), ...behind];
    const filter = terms.length === 0 ? '' : ` WHERE ${terms.join(' AND ')}`;
    return `SELECT ${fields.join(', ')} FROM ${object}${filter} ORDER BY Id LIMIT ${PAGE}`;
  };
  return { name: `totals of ${object}`, question, remember };
}

async function rememberOwn(
  { state }: LearnParts,
  object: string,
  rows: readonly OrgRow[],
): Promise<void> {
  const held = rows.map((row): HeldTotals => ({
    object,
    recordId: String(row['Id']),
    currency: '',
    childId: null,
    digest: digestOfHeld(row, TOTALS_FIELDS),
  }));
  await state.totals.settle(held, []);
}

/** Records of a currency whose key is of another customer are left over from a merge, and go. */
async function rememberCurrencies(
  { org, state, onLeft }: LearnParts,
  object: string,
  rows: readonly OrgRow[],
): Promise<void> {
  const { child, parent } = childOf(object);
  const held: HeldTotals[] = [];
  const strange: string[] = [];
  for (const row of rows) {
    const [recordId = '', currency = ''] = String(row['Woo_Key__c']).split(':');
    const childId = String(row['Id']);
    if (currency === '' || recordId !== row[parent]) strange.push(childId);
    else
      held.push({
        object,
        recordId,
        currency,
        childId,
        digest: digestOfHeld(row, CURRENCY_FIELDS),
      });
  }
  await state.totals.settle(held, []);
  for (let at = 0; at < strange.length; at += COLLECTION_SIZE) {
    const ids = strange.slice(at, at + COLLECTION_SIZE);
    const results = await org.write([{ kind: 'delete', object: child, ids }]);
    if (results.flat().some(({ errors }) => errors.length > 0)) onLeft?.();
  }
}
