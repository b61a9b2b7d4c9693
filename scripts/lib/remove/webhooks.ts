import { z } from 'zod';

import { refusalIn, type AdminSession } from '../install/admin-session.ts';
import { ifShown, rowsOf } from '../install/query.ts';

type Asked = Pick<AdminSession, 'request'>;

/** A webhook of this org's service in a shop. */
export interface OurWebhook {
  readonly store: string;
  readonly id: number;
  readonly topic: string;
}

export interface FoundWebhooks {
  readonly webhooks: readonly OurWebhook[];
  /** What is left to a person, a sentence for each store. */
  readonly byHand: readonly string[];
}

const store = z.object({
  Key__c: z.string(),
  Service_URL__c: z.string().nullable(),
  Route__c: z.string().nullable(),
});
const webhook = z.object({
  id: z.number(),
  name: z.string(),
  topic: z.string(),
  delivery_url: z.string(),
});

/** As the service names its webhooks; those of another org's service have such names too. */
const NAME = 'Salesforce sync (';
const WHERE = 'WooCommerce › Settings › Advanced › Webhooks';
const PAGE = 100;

const pathOf = (key: string): string =>
  `/services/apexrest/woo/${encodeURIComponent(key)}/webhooks`;

/** Webhooks that deliver to the service of this org: what is like them in name alone may be another org's. */
export async function ourWebhooks(session: Asked): Promise<FoundWebhooks> {
  const soql = 'SELECT Key__c, Service_URL__c, Route__c FROM Woo_Store__mdt ORDER BY Key__c';
  const stores = (await ifShown(rowsOf(session, soql, store))) ?? [];
  const webhooks: OurWebhook[] = [];
  const byHand: string[] = [];
  for (const one of stores) {
    const found = await inShop(session, one);
    if (typeof found === 'string') byHand.push(found);
    else webhooks.push(...found);
  }
  return { webhooks, byHand };
}

/** @returns a sentence where they are left to a person */
async function inShop(
  session: Asked,
  { Key__c: key, Service_URL__c: address, Route__c: route }: z.infer<typeof store>,
): Promise<readonly OurWebhook[] | string> {
  const byHand = (why: string): string =>
    `Webhooks of the shop of the store ${key}: ${why}. Delete those whose names begin with "${NAME}" in ${WHERE}.`;
  if (route !== 'named_credential') return byHand('Salesforce does not reach the shop');
  if (address === null || address.trim() === '') return byHand('the store has no Service URL');
  const ours = `${address.trim().replace(/\/$/, '')}/woo/webhooks/${encodeURIComponent(key)}`;
  const found: OurWebhook[] = [];
  for (let page = 1; ; page += 1) {
    const asked = `per_page=${PAGE}&page=${page}&orderby=id&order=asc&_fields=id,name,topic,status,delivery_url`;
    const answer = await session.request('GET', `${pathOf(key)}?${asked}`);
    const status = answer.headers.get('woo-status');
    const list = z.array(webhook).safeParse(answer.body).data;
    if (answer.status !== 200) return byHand(`the gateway refuses (${refusalIn(answer)})`);
    if (status !== '200' || list === undefined) return byHand(`the shop answers ${status ?? ''}`);
    const own = list.filter((one) => one.delivery_url === ours);
    found.push(...own.map(({ id, topic }) => ({ store: key, id, topic })));
    if (list.length < PAGE) return found;
  }
}

/** @throws Error where the shop keeps one: nothing else was changed then */
export async function deleteWebhook(
  session: Asked,
  { store: key, id, topic }: OurWebhook,
): Promise<void> {
  const answer = await session.request('DELETE', `${pathOf(key)}/${id}?force=true`);
  const status = answer.headers.get('woo-status');
  if (answer.status === 200 && ['200', '404', '410'].includes(status ?? '')) return;
  const why = answer.status === 200 ? `HTTP ${status ?? ''}` : refusalIn(answer);
  throw new Error(
    `The shop of the store ${key} keeps the webhook ${id} (${topic}): ${why}. Nothing was deleted in the org. Run this again, or delete the webhook in ${WHERE} first.`,
  );
}
