import { beforeEach, expect } from 'vitest';
import { codeOf, DataOrg, firstError } from './data-org.ts';
import { statement } from './statement.ts';

let org: DataOrg;
let account: string;
let product: string;
let standardBook: string;
let entry: string;

beforeEach(() => {
  org = new DataOrg();
  account = org.created('Account', { Name: 'A' });
  product = org.created('Product2', { Name: 'Tea', ProductCode: 'T' });
  standardBook = String(org.data.db.get('SELECT Id FROM Pricebook2 WHERE IsStandard = 1')?.['Id']);
  entry = price(standardBook, { UnitPrice: 4.5 });
});

const price = (book: string, more: object): string =>
  org.created('PricebookEntry', {
    Pricebook2Id: book,
    Product2Id: product,
    IsActive: true,
    ...more,
  });
const draft = (): object => ({ AccountId: account, EffectiveDate: '2026-03-01', Status: 'Draft' });
const newOrder = (): string => org.created('Order', { ...draft(), Pricebook2Id: standardBook });
const line = (orderId: string, more: object = {}): object => ({
  OrderId: orderId,
  PricebookEntryId: entry,
  Quantity: 2,
  UnitPrice: 4,
  ...more,
});
const activate = (orderId: string): string =>
  codeOf(org.update('Order', orderId, { Status: 'Activated' }));
const integrity = 'FIELD_INTEGRITY_EXCEPTION';

statement(
  'An order is created as a draft: another status is refused with `FAILED_ACTIVATION`.',
  () => {
    expect(codeOf(org.create('Order', draft()))).toBe('ok');
    expect(codeOf(org.create('Order', { ...draft(), Status: 'Activated' }))).toBe(
      'FAILED_ACTIVATION',
    );
    expect(firstError(org.create('Order', {}))).toMatchObject({
      statusCode: 'REQUIRED_FIELD_MISSING',
      fields: ['AccountId', 'EffectiveDate', 'Status'],
    });
  },
);

statement(
  'An order is activated only with a product in it: `FAILED_ACTIVATION`; then it shows when and by whom.',
  () => {
    const id = newOrder();
    expect(org.value(id, 'StatusCode')).toBe('Draft');
    expect(activate(id)).toBe('FAILED_ACTIVATION');
    org.created('OrderItem', line(id));
    expect(activate(id)).toBe('ok');
    expect(org.value(id, 'StatusCode')).toBe('Activated');
    expect(org.value(id, 'ActivatedDate')).toBe('2026-03-01T10:00:00.000+0000');
    expect(org.value(id, 'ActivatedById')).toBe(org.caller.userId);
  },
);

statement(
  'Products of an activated order cannot be added, changed or removed, nor its account and price book be changed: `FIELD_INTEGRITY_EXCEPTION`.',
  () => {
    const id = newOrder();
    const item = org.created('OrderItem', line(id));
    activate(id);
    expect(codeOf(org.create('OrderItem', line(id)))).toBe(integrity);
    expect(codeOf(org.update('OrderItem', item, { Quantity: 3 }))).toBe(integrity);
    expect(codeOf(org.delete(item))).toBe(integrity);
    const other = org.created('Account', { Name: 'B' });
    expect(codeOf(org.update('Order', id, { AccountId: other }))).toBe(integrity);
    expect(codeOf(org.update('Order', id, { Pricebook2Id: null }))).toBe(integrity);
    expect(codeOf(org.update('Order', id, { PoNumber: '7' }))).toBe('ok');
    expect(codeOf(org.update('Order', id, { Status: 'Draft' }))).toBe('ok');
    expect(codeOf(org.delete(item))).toBe('ok');
  },
);

statement('An activated order cannot be deleted: `DELETE_FAILED`.', () => {
  const id = newOrder();
  org.created('OrderItem', line(id));
  activate(id);
  expect(codeOf(org.delete(id))).toBe('DELETE_FAILED');
  org.update('Order', id, { Status: 'Draft' });
  expect(codeOf(org.delete(id))).toBe('ok');
});

statement(
  "An order product names an active price book entry of its order's price book; an order without a price book takes none: `FIELD_INTEGRITY_EXCEPTION`.",
  () => {
    const id = newOrder();
    const without = org.created('Order', draft());
    expect(firstError(org.create('OrderItem', line(without)))?.message).toContain(
      'in a different pricebook than the one assigned to the order',
    );
    const book = org.created('Pricebook2', { Name: 'Web', IsActive: true });
    const elsewhere = price(book, { UnitPrice: 5 });
    const refused = (more: object): string => codeOf(org.create('OrderItem', line(id, more)));
    expect(refused({ PricebookEntryId: elsewhere })).toBe(integrity);
    const other = org.created('Product2', { Name: 'Mug' });
    expect(refused({ Product2Id: other })).toBe(integrity);
    org.update('PricebookEntry', entry, { IsActive: false });
    expect(refused({})).toBe(integrity);
    expect(refused({ PricebookEntryId: null })).toBe('REQUIRED_FIELD_MISSING');
  },
);

statement(
  "The quantity of an order product is above zero; product, list price, total and the order's amount are worked out.",
  () => {
    const id = newOrder();
    expect(codeOf(org.create('OrderItem', line(id, { Quantity: 0 })))).toBe(integrity);
    expect(codeOf(org.create('OrderItem', line(id, { Quantity: -1 })))).toBe(integrity);
    const item = org.created('OrderItem', line(id));
    const values = ['Product2Id', 'ListPrice', 'TotalPrice', 'AvailableQuantity'];
    expect(values.map((name) => org.value(item, name))).toEqual([product, 4.5, 8, 2]);
    const second = org.created('OrderItem', line(id, { UnitPrice: 0.1, Quantity: 3 }));
    expect(org.value(id, 'TotalAmount')).toBe(8.3);
    org.update('OrderItem', item, { Quantity: 1 });
    expect(org.value(id, 'TotalAmount')).toBe(4.3);
    org.delete(second);
    expect(org.value(id, 'TotalAmount')).toBe(4);
  },
);

statement('The price book of an order that has products cannot be changed.', () => {
  const id = newOrder();
  const book = org.created('Pricebook2', { Name: 'Web', IsActive: true });
  expect(codeOf(org.update('Order', id, { Pricebook2Id: book }))).toBe('ok');
  org.update('Order', id, { Pricebook2Id: standardBook });
  org.created('OrderItem', line(id));
  expect(codeOf(org.update('Order', id, { Pricebook2Id: book }))).toBe(integrity);
});

statement(
  'A product has one entry per price book (`DUPLICATE_VALUE`), and one in the standard price book before all others (`STANDARD_PRICE_NOT_DEFINED`).',
  () => {
    const again = { Pricebook2Id: standardBook, Product2Id: product, UnitPrice: 1 };
    expect(firstError(org.create('PricebookEntry', again))).toMatchObject({
      statusCode: 'DUPLICATE_VALUE',
      message: 'This price definition already exists in this price book',
    });
    const book = org.created('Pricebook2', { Name: 'Web', IsActive: true });
    const other = org.created('Product2', { Name: 'Mug' });
    const early = { Pricebook2Id: book, Product2Id: other, UnitPrice: 1 };
    expect(codeOf(org.create('PricebookEntry', early))).toBe('STANDARD_PRICE_NOT_DEFINED');
    org.created('PricebookEntry', { ...early, Pricebook2Id: standardBook });
    const custom = org.created('PricebookEntry', early);
    expect(org.value(custom, 'Name')).toBe('Mug');
    expect(codeOf(org.create('PricebookEntry', early))).toBe('DUPLICATE_VALUE');
  },
);

statement(
  'An entry that uses the standard price takes no price of its own: `FIELD_INTEGRITY_EXCEPTION`.',
  () => {
    const book = org.created('Pricebook2', { Name: 'Web', IsActive: true });
    const uses = { Pricebook2Id: book, Product2Id: product, UseStandardPrice: true };
    expect(codeOf(org.create('PricebookEntry', { ...uses, UnitPrice: 1 }))).toBe(integrity);
    const id = org.created('PricebookEntry', uses);
    expect(org.value(id, 'UnitPrice')).toBe(4.5);
    expect(codeOf(org.update('PricebookEntry', id, { UnitPrice: 1 }))).toBe(integrity);
    const own = { UseStandardPrice: false, UnitPrice: 1 };
    expect(codeOf(org.update('PricebookEntry', id, own))).toBe('ok');
  },
);

statement(
  'A price book entry that an order product names cannot be deleted, nor can the standard price book: `DELETE_FAILED`.',
  () => {
    org.created('OrderItem', line(newOrder()));
    expect(codeOf(org.delete(entry))).toBe('DELETE_FAILED');
    expect(codeOf(org.delete(standardBook))).toBe('DELETE_FAILED');
  },
);

statement(
  'A lead needs a last name and a company, and starts as `Open - Not Contacted`; none is made that is converted.',
  () => {
    expect(firstError(org.create('Lead', {}))).toMatchObject({
      statusCode: 'REQUIRED_FIELD_MISSING',
      fields: ['LastName', 'Company'],
    });
    const id = org.created('Lead', { LastName: 'King', Company: 'A' });
    expect(org.value(id, 'Status')).toBe('Open - Not Contacted');
    const converted = { LastName: 'King', Company: 'B', IsConverted: true };
    expect(codeOf(org.create('Lead', converted))).toBe('NOT_EMULATED');
  },
);

statement(
  'The stage of an opportunity says whether it is closed (`IsClosed`) and won (`IsWon`), which nobody can write: `Closed Won` and `Closed Lost` close it, all others are open.',
  () => {
    const id = org.created('Opportunity', {
      Name: 'Order 1042',
      StageName: 'Prospecting',
      CloseDate: '2026-03-01',
    });
    const flags = () => ['IsClosed', 'IsWon'].map((name) => org.value(id, name) === 1);
    expect(flags()).toEqual([false, false]);
    const after = (StageName: string) => {
      expect(codeOf(org.update('Opportunity', id, { StageName }))).toBe('ok');
      return flags();
    };
    expect(after('Closed Won')).toEqual([true, true]);
    expect(codeOf(org.update('Opportunity', id, { Amount: 12 }))).toBe('ok');
    expect(flags()).toEqual([true, true]);
    expect(after('Closed Lost')).toEqual([true, false]);
    expect(after('Negotiation/Review')).toEqual([false, false]);
    expect(codeOf(org.update('Opportunity', id, { IsWon: true }))).toBe(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    );
  },
);
