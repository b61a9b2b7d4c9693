/**
 * How sync plugins write edits of Salesforce into the shop: each record is read, and then written, one call after
 * the other.
 */
import { readFileSync } from 'node:fs';

import { given } from '../lib/programs/given.ts';
import type { SharedProduct } from './shared-products.ts';
import { signIn, textOf } from '../lib/programs/sign-in.ts';
import { signedUrl } from '../lib/programs/signed-url.ts';

const data = `${given('SF_LOGIN_URL')}/services/data/v66.0`;
const shop = `${given('BENCH_STORE_URL')}/wp-json/wc/v3`;
const [key, secret] = [given('WOO_MAIN_KEY'), given('WOO_MAIN_SECRET')];
const authorization = await signIn();

const products = JSON.parse(
  readFileSync(given('BENCH_PRODUCTS'), 'utf8'),
) as readonly SharedProduct[];
for (const { id, recordId } of products) {
  const url = `${data}/sobjects/Product2/${recordId}?fields=Name,Woo_Regular_Price__c`;
  const text = await textOf(await fetch(url, { headers: { authorization } }));
  const record = JSON.parse(text) as { Name: string; Woo_Regular_Price__c: number };
  const written = await fetch(signedUrl('PUT', `${shop}/products/${id}`, key, secret), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: record.Name, regular_price: `${record.Woo_Regular_Price__c}` }),
  });
  await textOf(written);
}
