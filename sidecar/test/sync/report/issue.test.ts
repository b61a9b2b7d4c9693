import { describe, expect, it } from 'vitest';

import { explanationOf, GROUPS } from '../../../src/errors/catalogue.ts';
import { issueKey, keyWithoutAddress } from '../../../src/sync/report/issue-key.ts';
import { issueOf, openIssueOf } from '../../../src/sync/report/issue.ts';
import { pageText } from '../../../src/sync/report/own-objects.ts';
import type { HeardFailure } from '../../../src/sync/report/run-report.ts';
import { mappingTo } from '../../support/rows.ts';

const orders = mappingTo('Woo_Order__c');
const items = mappingTo('Woo_Order_Item__c', { resource: 'order_item' });
const refunds = mappingTo('Woo_Refund__c', { resource: 'refund' });
const contacts = mappingTo('Contact', { resource: 'customer' });
const products = mappingTo('Product2', { resource: 'product' });

const failure = (recordKey: string, over: Partial<HeardFailure> = {}): HeardFailure => ({
  key: recordKey,
  recordKey,
  code: 'STRING_TOO_LONG',
  message: 'Name: data value too large (max length=5)',
  ...over,
});

describe('issueOf', () => {
  it('says all that is known of the failure, with the cure of the catalogue', () => {
    const heard = { recordId: 'a01', field: 'Name', errorKind: 'permanent' } as const;
    expect(issueOf(orders, failure('main:7', heard))).toEqual({
      key: 'order:Woo_Order__c:main:7',
      kind: 'failed',
      retry: 'never',
      store: 'main',
      resource: 'order',
      recordKey: 'main:7',
      object: 'Woo_Order__c',
      recordId: 'a01',
      field: 'Name',
      code: 'STRING_TOO_LONG',
      reason: 'Name: data value too large (max length=5)',
      cure: explanationOf('STRING_TOO_LONG')?.cure,
      wooValue: null,
      salesforceValue: null,
      change: { resource: 'order', key: 'main:7' },
    });
  });

  it.each([
    [products, failure('main:7'), { resource: 'product', key: 'main:7' }],
    [contacts, failure('main:7'), { resource: 'customer', key: 'main:7' }],
    [items, failure('main:70', { parentKey: 'main:7' }), { resource: 'order', key: 'main:7' }],
    [refunds, failure('main:70', { parentKey: 'main:7' }), { resource: 'order', key: 'main:7' }],
    [items, failure('main:70'), null],
    [contacts, failure('main:guest:0123456789abcdef'), null],
  ])('queues what makes the record be looked at again (%#)', (mapping, heard, change) => {
    expect(issueOf(mapping, heard).change).toEqual(change);
  });

  it('that a person ends is closed by no change event', () => {
    const heard = { ...failure('main:7', { code: 'DRAFT_CHANGED' }), untilDecided: true };
    expect(issueOf(orders, heard)).toMatchObject({ change: null, retry: 'never' });
  });

  it('names a guest by what is left of the address', () => {
    const heard = failure('main:guest:0123456789abcdef', { key: 'main:guest:a…@example.com' });
    const { reason, key } = issueOf(contacts, heard);
    expect(reason).toBe(`main:guest:a…@example.com: ${heard.message}`);
    expect(key).toBe('customer:Contact:main:guest:0123456789abcdef');
  });

  it('names each of several codes once, with all their cures', () => {
    const code = 'VALUE_TOO_LONG, VALUE_TOO_LONG, VALUE_NOT_DATE';
    const issue = issueOf(orders, failure('main:7', { code }));
    expect(issue.code).toBe('VALUE_TOO_LONG, VALUE_NOT_DATE');
    for (const one of ['VALUE_TOO_LONG', 'VALUE_NOT_DATE'])
      expect(issue.cure).toContain(explanationOf(one)?.cure);
  });

  it('leads to the reason where nobody knows the code', () => {
    const issue = issueOf(products, failure('main:7', { code: 'woocommerce_rest_cannot_edit' }));
    expect(issue).toMatchObject({ kind: 'failed', retry: 'backoff' });
    expect(issue.cure).toMatch(/^The reason is in the words of the system/);
  });
});

describe('standingOf', () => {
  it.each([
    [['UNABLE_TO_LOCK_ROW'], 'failed', 'backoff'],
    [['SOMETHING_NEW'], 'failed', 'backoff'],
    [['PARENT_MISSING'], 'failed', 'backoff'],
    [['FIELD_CUSTOM_VALIDATION_EXCEPTION'], 'failed', 'never'],
    [['INSUFFICIENT_ACCESS_OR_READONLY'], 'setup', 'hourly'],
    [['STORAGE_LIMIT_EXCEEDED'], 'setup', 'hourly'],
    [['MATCH_AMBIGUOUS'], 'ambiguous', 'never'],
    [['UNABLE_TO_LOCK_ROW', 'INVALID_FIELD'], 'setup', 'hourly'],
    [['INVALID_FIELD', 'STRING_TOO_LONG', 'UNABLE_TO_LOCK_ROW'], 'failed', 'never'],
  ])('%s: %s, tried again: %s', (codes, kind, retry) => {
    expect(openIssueOf(codes)).toEqual({ kind, retry });
  });

  it('believes the org, which knows more than the code', () => {
    expect(openIssueOf(['APEX_ERROR'], 'retry')).toEqual({ kind: 'failed', retry: 'backoff' });
    expect(openIssueOf(['INVALID_FIELD'], 'reference')).toEqual({
      kind: 'failed',
      retry: 'backoff',
    });
    expect(openIssueOf(['NOT_FOUND'], 'setup')).toEqual({ kind: 'setup', retry: 'hourly' });
    expect(openIssueOf(['SOMETHING_NEW'], 'permanent')).toEqual({ kind: 'failed', retry: 'never' });
  });
});

describe('issueKey', () => {
  it('fits the field however long the record key is, and still tells records apart', () => {
    const long = `main:${'9'.repeat(250)}`;
    const [one, other] = [`${long}1`, `${long}2`].map((key) => issueKey('order', 'Order', key));
    expect(one).toHaveLength(255);
    expect(other).toHaveLength(255);
    expect(one).not.toBe(other);
    expect(issueKey('order', 'Order', `${long}1`)).toBe(one);
  });

  it('is the plain one up to the last character that fits', () => {
    const key = `main:${'9'.repeat(255 - 'order:Order:main:'.length)}`;
    expect(issueKey('order', 'Order', key)).toBe(`order:Order:${key}`);
  });
});

describe('keyWithoutAddress', () => {
  it.each(['main:7', 'main:', 'anything'])('leaves %s as it is', (key) => {
    expect(keyWithoutAddress(key)).toBe(key);
  });

  it('keeps the store of a guest, and is the same each time', () => {
    const key = keyWithoutAddress('second:guest:ada@example.com');
    expect(key).toMatch(/^second:guest:[0-9a-f]{16}$/);
    expect(keyWithoutAddress('second:guest:ada@example.com')).toBe(key);
  });
});

describe('what stands in Salesforce', () => {
  it('names the guide where the catalogue names a file of the repository', () => {
    expect(pageText('Map OwnerId (docs/recipes.md), or see docs/operate.md.')).toBe(
      'Map OwnerId (the guide “recipes”), or see the guide “operate”.',
    );
  });

  it('and no cure of the catalogue names another file', () => {
    const cures = GROUPS.flatMap(({ codes }) => Object.values(codes)).map(({ cure }) =>
      pageText(cure),
    );
    expect(cures.filter((cure) => /\.(md|ts|json)\b/.test(cure))).toEqual([]);
  });
});
