import type { Connection } from 'jsforce';

import { makeRecord, type Fields } from '../../../scripts/lib/demo/make-records.ts';

/** A contact that others may see too: one without an account is its owner's alone. */
export async function customer(admin: Connection, name: Fields): Promise<string> {
  const AccountId = await makeRecord(admin, 'Account', {
    Name: `Account of ${String(name['LastName'])}`,
  });
  return makeRecord(admin, 'Contact', { ...name, AccountId });
}

/** Orders of a contact, one a minute, newest first; every tenth is cancelled. */
export function ordersOf(contact: string, count: number, day = '2026-11-20'): readonly Fields[] {
  const start = Date.parse(`${day}T12:00:00Z`);
  return Array.from({ length: count }, (_, at) => ({
    Name: `${contact.slice(-6)}-${at + 1}`,
    Contact__c: contact,
    Status__c: at % 10 === 9 ? 'cancelled' : 'completed',
    Currency_Code__c: 'EUR',
    Total__c: 10,
    Subtotal__c: 10,
    Store__c: 'main',
    Created_In_Woo__c: new Date(start - at * 60_000).toISOString(),
    Woo_Key__c: `main:many-${contact}-${at}`,
  }));
}

/** Product lines of an order, of one euro each. */
export function linesOf(order: string, count: number, product?: string): readonly Fields[] {
  return Array.from({ length: count }, (_, at) => ({
    Order__c: order,
    Type__c: 'product',
    Item_Name__c: `Line ${at + 1}`,
    SKU__c: `SKU-${at + 1}`,
    Quantity__c: 1,
    Price__c: 1,
    Subtotal__c: 1,
    Total__c: 1,
    Tax__c: 0,
    ...(product === undefined ? {} : { Product__c: product }),
    Woo_Key__c: `main:line-${order}-${at}`,
  }));
}
