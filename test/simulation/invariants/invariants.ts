import type { Store } from '../../../local/store/store.ts';
import type { Simulation } from '../world/simulation.ts';
import { type Difference, differencesOf, doubles, type OrgSide, readOrg } from './sides.ts';
import { falseConflicts } from './conflicts.ts';
import { lostEdits } from './lost-edits.ts';
import { made } from './made.ts';

const MINUTE = 60_000;
/** A sweep, and the next attempts at what an open issue names, may each look at a record in a quarter of an hour. */
const MOST_LOOKS = 3;
/** Objects in which the service says how it is doing, not what the shops hold. */
const REPORTS = new Set([
  'Woo_Store_Status__c',
  'Woo_Sync_Issue__c',
  'Woo_Attention__c',
  'Woo_Command__c',
]);

/** What is wrong now, a line each. @param when said before each */
export async function wrongs(simulation: Simulation, when: string): Promise<readonly string[]> {
  const side = await readOrg(simulation);
  const touched = new Set([...simulation.edits.touchedPeople].map((key) => `customer ${key}`));
  const differences = [...simulation.stores].flatMap(([key, store]) =>
    differencesOf(key, store, side, touched, addressesBut(key, simulation)),
  );
  const open = side.issues.filter((issue) => issue['State__c'] === 'open');
  const unexplained = differences.filter((one) => !open.some((issue) => names(issue, one)));
  return [
    ...unexplained.map(
      ({ record, field, shop, org }) =>
        `${record} ${field} is ${shown(shop)} in the shop, ${shown(org)} in the org`,
    ),
    ...doubles(side).map((one) => `${one} is there twice`),
    ...strangers(side, simulation),
    ...lostEdits(simulation, side),
    ...falseConflicts(simulation, side),
    ...(await made(simulation, side)),
    ...needless(
      open.filter(
        (issue) =>
          !touched.has(`customer ${String(issue['Store__c'])}:${String(issue['Woo_Id__c'])}`),
      ),
      differences,
    ),
  ].map((line) => `${when}: ${line}`);
}

/** Addresses of customers of all shops but one, in small letters. */
function addressesBut(key: string, { stores }: Simulation): ReadonlySet<string> {
  const others = [...stores].filter(([other]) => other !== key);
  return new Set(
    others.flatMap(([, { shop }]) =>
      shop.customers.all().map((entry) => entry.read().email.toLowerCase()),
    ),
  );
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** Whether an issue is about the record, and about the field as far as it names one. */
function names(issue: OrgSide['issues'][number], { record, field }: Difference): boolean {
  const of = `${String(issue['Resource__c'])} ${String(issue['Store__c'])}:${String(issue['Woo_Id__c'])}`;
  const parts = ['order_item', 'refund'].includes(String(issue['Resource__c']));
  if (of !== record && !(parts && ['items', 'refunds'].includes(field))) return false;
  return issue['Field__c'] === null || issue['Field__c'] === field || parts;
}

/** Codes of issues that stay open although both sides agree: they tell people something. */
const TELLS = new Set(['CONFLICT_DECIDED', 'CUSTOMERS_MERGED', 'TO_WOO_TRANSITION', 'TO_WOO_FORM']);

function needless(open: OrgSide['issues'], differences: readonly Difference[]): readonly string[] {
  return open
    .filter(
      (issue) =>
        !TELLS.has(String(issue['Code__c'])) &&
        // One that the shop does not have yet: whether it may lack it is looked at there.
        !String(issue['Woo_Id__c']).includes(':') &&
        !differences.some((one) => names(issue, one)),
    )
    .map(
      (issue) =>
        `an issue is open of what does not differ: ${['Code__c', 'Resource__c', 'Store__c', 'Woo_Id__c', 'Field__c', 'Reason__c'].map((name) => String(issue[name]).slice(0, 90)).join(' ')}`,
    );
}

/** Words that the staff of one store has typed, in what belongs to another. */
function strangers({ rows }: OrgSide, { stores }: Simulation): readonly string[] {
  const words = { main: /\bOutlet\d/, outlet: /\bMain\d/ };
  const inOrg = rows.Product2.flatMap((row) => {
    const key = String(row['Woo_Key__c']).startsWith('outlet:') ? 'outlet' : 'main';
    return words[key].test(String(row['Name']))
      ? [`${String(row['Woo_Key__c'])} is called ${String(row['Name'])}`]
      : [];
  });
  const inShops = [...stores].flatMap(([key, { shop }]) =>
    shop.products
      .all()
      .map((entry) => entry.read())
      .filter(({ name }) => words[key].test(name))
      .map(({ id, name }) => `product ${key}:${id} of the shop is called ${name}`),
  );
  return [...inOrg, ...inShops, ...wrongOwners(rows.Product2, stores.get('main'))];
}

/** What both shops have belongs to the store that was set up first. */
function wrongOwners(
  products: OrgSide['rows']['Product2'],
  main: Store | undefined,
): readonly string[] {
  const shared = new Set(main?.shop.products.all().map((entry) => entry.read().sku));
  return products
    .filter(
      ({ Woo_Key__c: key, StockKeepingUnit: sku }) =>
        String(key).startsWith('outlet:') && typeof sku === 'string' && shared.has(sku),
    )
    .map(
      (row) => `${String(row['Woo_Key__c'])} belongs to the second store, and the first one has it`,
    );
}

/** A quarter of an hour in which nothing happens: nothing is written, and no record looked at again and again. */
export async function restless(simulation: Simulation): Promise<readonly string[]> {
  await simulation.pass(5 * MINUTE);
  simulation.traffic.take();
  await simulation.pass(15 * MINUTE);
  const { written, looks } = simulation.traffic.take();
  const others = [...written].filter(([object]) => !REPORTS.has(object));
  const backlog = await simulation.backlog();
  return [
    ...others.map(([object, times]) => `in quiet ${object} is written ${times} times`),
    ...[...Map.groupBy(looks, (look) => look)]
      .filter(([, same]) => same.length > MOST_LOOKS)
      .map(([look, { length }]) => `in quiet ${look} is looked at ${length} times`),
    ...(backlog > 0 ? [`${backlog} change events never end`] : []),
  ];
}
