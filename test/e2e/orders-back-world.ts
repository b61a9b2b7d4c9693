import { Connection } from 'jsforce';
import { expect } from 'vitest';

import type { Org } from '../../local/org/org.ts';
import { endpointOf } from '../../scripts/lib/install/outbound.ts';
import { LiveWorld } from './live-world.ts';
import { type Edit, mustDeploy, recipe } from './metadata.ts';
import { openWorld, type World } from './support.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A world in which orders go back to the shop through the gateway of the org, as the recipes ship. */
export interface OrdersBackWorld {
  readonly world: World;
  readonly live: LiveWorld;
  /** With the permission sets Woo Sales, Woo Orders and Woo Draft Orders. */
  readonly rep: Connection;
}

/** @param edits of an admin, to each file of the recipe that they fit */
export async function openOrdersBack(
  orders: number,
  edits: readonly Edit[] = [],
): Promise<OrdersBackWorld> {
  const world = await openWorld(orders, {}, 'named_credential');
  const { org, orgUrl } = world;
  const outbound = { endpoint: endpointOf(world.env), username: org.integrationUsername };
  for (const name of ['orders-back', 'draft-orders']) {
    const files = recipe(name, outbound).map(([path, xml]): readonly [string, string] => [
      path,
      edits.reduce((text, [search, replacement]) => text.replace(search, replacement), xml),
    ]);
    mustDeploy(org, ...files);
  }
  await grantAll(world, org);
  const rep = new Connection({
    instanceUrl: orgUrl,
    accessToken: org.repToken,
    version: '66.0',
  });
  return { world, live: new LiveWorld(world), rep };
}

/** The administrator has Woo Orders to see the fields of the recipe. */
async function grantAll(world: World, org: Org): Promise<void> {
  const { adminUsername, integrationUsername, repUsername } = org;
  await grant(world, adminUsername, 'Woo_Orders');
  for (const name of ['Woo_Recipe_Orders_Back', 'Woo_Recipe_Draft_Orders'])
    await grant(world, integrationUsername, name);
  for (const name of ['Woo_Orders', 'Woo_Draft_Orders']) await grant(world, repUsername, name);
}

async function grant(world: World, username: string, permissionSet: string): Promise<void> {
  const user = await world.orgRow(`SELECT Id FROM User WHERE Username = '${username}'`);
  const set = await world.orgRow(`SELECT Id FROM PermissionSet WHERE Name = '${permissionSet}'`);
  const assigned = { AssigneeId: String(user?.['Id']), PermissionSetId: String(set?.['Id']) };
  const saved = await world.admin.sobject('PermissionSetAssignment').create(assigned);
  expect(saved).toMatchObject({ success: true });
}

/** Saves an order as a rep with the permission set Woo Orders does. */
export async function editAsRep(
  { rep }: OrdersBackWorld,
  id: string,
  fields: Fields,
): Promise<void> {
  const saved = await rep.sobject('Woo_Order__c').update({ Id: id, ...fields });
  expect(saved).toMatchObject({ success: true });
}

/** Asks the REST API of the shop with its keys. @param path below `/wp-json/wc/v3/` */
export async function askShop(
  { store, storeUrl }: World,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const keys = Buffer.from(`${store.consumerKey}:${store.consumerSecret}`).toString('base64');
  const response = await fetch(`${storeUrl}/wp-json/wc/v3/${path}`, {
    method,
    headers: {
      authorization: `Basic ${keys}`,
      'x-forwarded-proto': 'https',
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  expect(response.ok, JSON.stringify(answer)).toBe(true);
  return answer;
}

/** The newest first. */
export async function notesOf(world: World, id: number): Promise<readonly Fields[]> {
  return (await askShop(world, 'GET', `orders/${id}/notes`)) as readonly Fields[];
}
