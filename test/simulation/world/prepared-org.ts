import { copyFileSync } from 'node:fs';
import { createOrg, type Org } from '../../../local/org/org.ts';
import { AdminSession } from '../../../scripts/lib/install/admin-session.ts';
import { endpointOf } from '../../../scripts/lib/install/outbound.ts';
import { setStoreKeys } from '../../../scripts/lib/install/store-keys.ts';
import {
  type Edit,
  type File,
  flag,
  mustDeploy,
  outboundMessages,
  recipe,
  record,
  secondStore,
  set,
  storeCredential,
} from '../../e2e/metadata.ts';
import { during } from '../preload/clock.ts';
import { at, CLIENT, PORTS, SERVICE_ENV, STORE_KEY } from './places.ts';
import { Person } from './person.ts';

/** Whose rule decides where both sides were edited. */
export const RULES = ['woo_wins', 'salesforce_wins', 'newest_wins', 'ask'] as const;
export type Rule = (typeof RULES)[number];

const GRANTS = {
  admin: ['Woo_Orders', 'Woo_Draft_Orders'],
  integration: ['Woo_Recipe_Orders_Back', 'Woo_Recipe_Draft_Orders'],
  rep: ['Woo_Orders', 'Woo_Draft_Orders'],
} as const;

/**
 * An org with the recipes for orders that go back and for drafts, and that makes products in the shop.
 * @param deployed a file of an org to which the project was deployed
 * @param file where the new one is to be
 */
export async function prepareOrg(
  deployed: string,
  file: string,
  { hasOutlet }: { readonly hasOutlet: boolean },
): Promise<void> {
  copyFileSync(deployed, file);
  const org = createOrg({ file, ...CLIENT });
  await during(org.listen(PORTS.org));
  const outbound = { endpoint: endpointOf(SERVICE_ENV), username: org.integrationUsername };
  mustDeploy(org, ...outboundMessages(outbound), storeCredential(at(PORTS.main)));
  for (const name of ['orders-back', 'draft-orders']) mustDeploy(org, ...recipe(name, outbound));
  if (hasOutlet) {
    const files = secondStore(at(PORTS.outlet), SERVICE_ENV.PUBLIC_URL);
    mustDeploy(
      org,
      ...files.map(([path, xml]): File => [path, xml.replace('named_credential', 'direct')]),
    );
  }
  const admin = new Person(org, org.adminUsername);
  for (const [who, sets] of Object.entries(GRANTS)) {
    const username = {
      admin: org.adminUsername,
      integration: org.integrationUsername,
      rep: org.repUsername,
    }[who];
    for (const name of sets) await during(grant(admin, username ?? '', name));
  }
  if (hasOutlet) await during(grant(admin, org.integrationUsername, 'Woo_Outlet'));
  await during(org.close());
}

async function grant(admin: Person, username: string, permissionSet: string): Promise<void> {
  const [user] = await admin.query(`SELECT Id FROM User WHERE Username = '${username}'`);
  const [set] = await admin.query(`SELECT Id FROM PermissionSet WHERE Name = '${permissionSet}'`);
  const assigned = { AssigneeId: user?.['Id'], PermissionSetId: set?.['Id'] };
  await admin.create('PermissionSetAssignment', assigned);
}

/** Deploys the first store, with how it is asked; the gateway's key is kept by the org as long as it runs. */
export async function setMainStore(
  org: Org,
  { isByGateway }: { readonly isByGateway: boolean },
): Promise<void> {
  mustDeploy(
    org,
    record(
      'Woo_Store.Main_Store',
      set('URL__c', at(PORTS.main)),
      set('Route__c', isByGateway ? 'named_credential' : 'direct'),
      set('Service_URL__c', SERVICE_ENV.PUBLIC_URL),
    ),
  );
  if (!isByGateway) return;
  const session = new AdminSession(at(PORTS.org), org.adminUsername, org.adminToken);
  await setStoreKeys(session, 'Woo_Store', STORE_KEY);
}

/** Mappings that go both ways. */
export type MappingName = 'Product' | 'Order' | 'Outlet_Product';

/** Deploys a mapping as an admin does: with a conflict rule, on or off. */
export function setMapping(
  org: Pick<Org, 'data'>,
  mapping: MappingName,
  { rule, isOn }: { readonly rule: Rule; readonly isOn: boolean },
): void {
  const edits: readonly Edit[] = [
    set('Conflict_Rule__c', rule),
    flag('Active__c', isOn),
    ...(mapping === 'Product'
      ? [flag('Create_In_Woo__c', true), set('When_Unmet__c', 'stop')]
      : []),
  ];
  const files = {
    Product: () => [record('Woo_Mapping.Product')],
    Order: () => recipe('draft-orders', { endpoint: null, username: '' }),
    Outlet_Product: () => secondStore('', ''),
  }[mapping]();
  const [file] = files.filter(([path]) => path.endsWith(`Woo_Mapping.${mapping}.md`));
  if (file === undefined) throw new Error(`There is no mapping ${mapping}.`);
  const [path, xml] = file;
  mustDeploy(org, [path, edits.reduce((text, [search, by]) => text.replace(search, by), xml)]);
}

/** What an admin switches on and off of the mappings: that products are only those that are published, and a field of orders. */
export const CONFIGURED = ['published', 'tracking'] as const;
export type ConfiguredPart = (typeof CONFIGURED)[number];

/** Deploys a condition or a field mapping as an admin does, on or off. */
export function configure(org: Pick<Org, 'data'>, part: ConfiguredPart, isOn: boolean): void {
  mustDeploy(org, part === 'published' ? publishedProducts(isOn) : trackingField(isOn));
}

function publishedProducts(isOn: boolean): File {
  const [, xml] = record(
    'Woo_Condition.Order_Completed',
    set('Mapping__c', 'Product'),
    set('Woo_Attribute__c', 'status'),
    set('Operator__c', 'equals'),
    set('Value__c', 'publish'),
    flag('Active__c', isOn),
  );
  return ['customMetadata/Woo_Condition.Product_Published.md', xml];
}

function trackingField(isOn: boolean): File {
  const name = 'customMetadata/Woo_Field_Mapping.Order_Tracking_Number.md';
  const [, xml] = recipe('orders-back', { endpoint: null, username: '' }).find(
    ([path]) => path === name,
  ) ?? ['', ''];
  const [search, by] = flag('Active__c', isOn);
  return [name, xml.replace(search, by)];
}
