/**
 * How sync plugins in the shop write: each record is looked up by its key and then created or updated, one call
 * after the other. Contact, order and items of each order; what they say beside that is the same as in our own
 * load.
 */
import { readFileSync } from 'node:fs';

import { given } from '../lib/programs/given.ts';
import type { RecordedOrder } from '../lib/recording/recorded-orders.ts';
import { signIn, textOf } from '../lib/programs/sign-in.ts';

type Fields = Readonly<Record<string, unknown>>;

const data = `${given('SF_LOGIN_URL')}/services/data/v66.0`;
const authorization = await signIn();

async function answerOf(url: string, init: RequestInit): Promise<unknown> {
  const text = await textOf(await fetch(url, init));
  return text === '' ? null : JSON.parse(text);
}

async function find(object: string, key: string): Promise<string | undefined> {
  const soql = `SELECT Id FROM ${object} WHERE Woo_Key__c = '${key.replace(/['\\]/g, '\\$&')}'`;
  const url = `${data}/query?q=${encodeURIComponent(soql)}`;
  const { records } = (await answerOf(url, { headers: { authorization } })) as {
    records: readonly { Id: string }[];
  };
  return records[0]?.Id;
}

/** @returns the record's id */
async function save(object: string, fields: Fields): Promise<string> {
  const found = await find(object, String(fields['Woo_Key__c']));
  const url = `${data}/sobjects/${object}`;
  const sent = {
    headers: {
      authorization,
      'content-type': 'application/json',
      'Sforce-Duplicate-Rule-Header': 'allowSave=true',
    },
    body: JSON.stringify(fields),
  };
  if (found !== undefined) {
    await answerOf(`${url}/${found}`, { ...sent, method: 'PATCH' });
    return found;
  }
  const { id } = (await answerOf(url, { ...sent, method: 'POST' })) as { id: string };
  return id;
}

const orders = JSON.parse(readFileSync(given('BENCH_ORDERS'), 'utf8')) as readonly RecordedOrder[];
for (const { contact, order, items } of orders) {
  const contactId = contact === null ? null : await save('Contact', contact);
  const orderId = await save('Woo_Order__c', { ...order, Contact__c: contactId });
  for (const item of items) await save('Woo_Order_Item__c', { ...item, Order__c: orderId });
}
