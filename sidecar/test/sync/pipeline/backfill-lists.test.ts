import { describe, expect, it } from 'vitest';

import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import { stagesOf } from '../../../src/sync/pipeline/backfill-lists.ts';
import { mappingTo } from '../../support/rows.ts';

/** Lookups to objects, as mappings have them. */
const to = (...objects: readonly string[]): Partial<Mapping> => ({
  references: objects.map((object) => ({
    object,
    field: `${object}_Of__c`,
    attribute: 'meta_data.id',
    keyField: 'Woo_Key__c',
  })),
});

const orders = mappingTo('Order__c', { resource: 'order', ...to('Post__c', 'Coupon__c') });
const products = mappingTo('Product2', { resource: 'product' });
const categories = mappingTo('Category__c', { resource: 'product_category' });
const coupons = mappingTo('Coupon__c', { resource: 'coupon' });
const posts = mappingTo('Post__c', { resource: 'content', contentType: 'post' });
const events = mappingTo('Event__c', {
  resource: 'content',
  contentType: 'event',
  ...to('Product2'),
});
const reviews = mappingTo('Review__c', { resource: 'product_review', ...to('Product2') });

function listsOf(...mappings: readonly Mapping[]): readonly string[] {
  return [...new Set(stagesOf(mappings).map(({ list }) => list))];
}

describe('the lists of a backfill', () => {
  it('bring content and coupons before the orders that name them', () => {
    expect(listsOf(orders, posts, coupons, categories)).toEqual([
      'products/categories',
      'content/post',
      'coupons',
      'orders',
    ]);
  });

  it('bring content after what it names, and other types of it before', () => {
    expect(listsOf(events, reviews, posts, products, orders)).toEqual([
      'content/post',
      'products',
      'variations',
      'orders',
      'content/event',
      'products/reviews',
    ]);
  });

  it('bring content after content that names what the shop has, however far away that is', () => {
    const tickets = mappingTo('Ticket__c', {
      resource: 'content',
      contentType: 'ticket',
      ...to('Event__c'),
    });
    const seats = mappingTo('Seat__c', {
      resource: 'content',
      contentType: 'seat',
      ...to('Ticket__c'),
    });
    expect(listsOf(seats, tickets, events, products)).toEqual([
      'products',
      'variations',
      'content/event',
      'content/ticket',
      'content/seat',
    ]);
  });

  it('bring content after the customers that it names, though users of WordPress become contacts too', () => {
    const customers = mappingTo('Contact', { resource: 'customer' });
    const users = mappingTo('Contact', { resource: 'content', contentType: 'user' });
    const articles = mappingTo('Article__c', {
      resource: 'content',
      contentType: 'post',
      ...to('Contact'),
    });
    expect(listsOf(articles, customers, users)).toEqual([
      'content/user',
      'customers',
      'content/post',
    ]);
  });

  it("end, and come before the shop's, where content names itself or each other", () => {
    const pages = mappingTo('Page__c', {
      resource: 'content',
      contentType: 'page',
      ...to('Page__c', 'Media__c'),
    });
    const media = mappingTo('Media__c', {
      resource: 'content',
      contentType: 'attachment',
      ...to('Page__c'),
    });
    expect(listsOf(products, pages, media).slice(2)).toEqual(['products', 'variations']);
  });
});
