import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { Resource } from '../../../src/mapping/model/record.ts';
import {
  eventOf,
  changeOf,
  isWanted,
  type ShopEvent,
  topicsNeeded,
} from '../../../src/sync/detect/webhook-topics.ts';
import { mappingTo } from '../../support/rows.ts';

function event(topic: string): ShopEvent {
  const found = eventOf(topic);
  if (found === null) throw new Error(`${topic} is no event`);
  return found;
}

const none = { create: false, update: false, delete: false };

function mapping(
  resource: Resource,
  events: Partial<Mapping['events']>,
  over: Partial<Mapping> = {},
): Mapping {
  return mappingTo('Some__c', { resource, events: { ...none, ...events }, ...over });
}

describe('topics', () => {
  it.each([
    ['order.created', { resource: 'order', of: 'order', change: 'created' }],
    ['product.restored', { resource: 'product', of: 'product', change: 'restored' }],
    ['customer.deleted', { resource: 'customer', of: 'customer', change: 'deleted' }],
    ['coupon.updated', { resource: 'content', of: 'coupon', change: 'updated' }],
  ])('%s is an event', (topic, expected) => {
    expect(eventOf(topic)).toEqual(expected);
  });

  it.each([
    'product_tag.updated',
    'action.woocommerce_order_refunded',
    'order',
    'order.',
    'order.paid',
    'Order.created',
    'order.created ',
    '',
    undefined,
    ['order.created'],
    'constructor',
  ])('%j says nothing', (topic) => {
    expect(eventOf(topic)).toBeNull();
  });
});

describe('an event is wanted', () => {
  it.each<[string, Resource, Partial<Mapping['events']>, boolean]>([
    ['order.created', 'order', { create: true }, true],
    ['order.created', 'order', { update: true }, true],
    ['order.created', 'order', { delete: true }, false],
    ['order.updated', 'order', { create: true }, true],
    ['order.updated', 'order', { delete: true }, false],
    ['order.restored', 'order', { update: true }, true],
    ['order.deleted', 'order', { delete: true }, true],
    ['order.deleted', 'order', { create: true, update: true }, false],
    ['order.updated', 'order_item', { create: true }, true],
    ['order.updated', 'order_item', { delete: true }, true],
    ['order.deleted', 'order_item', { create: true }, false],
    ['order.updated', 'refund', { create: true }, true],
    ['product.updated', 'product', { update: true }, true],
    ['product.updated', 'order', { update: true }, false],
    ['customer.deleted', 'customer', { delete: true }, true],
    ['customer.updated', 'customer', {}, false],
  ])('%s by %s with %o: %s', (topic, resource, events, wanted) => {
    expect(isWanted(event(topic), [mapping(resource, events)])).toBe(wanted);
  });

  it('by one mapping among several, and by none that is not in real time', () => {
    const swept = mapping('order', { update: true }, { realTime: false });
    const other = mapping('product', { update: true });
    expect(isWanted(event('order.updated'), [swept, other])).toBe(false);
    expect(
      isWanted(event('order.updated'), [swept, other, mapping('refund', { create: true })]),
    ).toBe(true);
  });
});

describe('webhooks', () => {
  it('are needed for the events that mappings want, and no others', () => {
    expect(topicsNeeded([])).toEqual([]);
    expect(topicsNeeded([mapping('product', { delete: true })])).toEqual(['product.deleted']);
    expect(topicsNeeded([mapping('order_item', { update: true }), mapping('order', {})])).toEqual([
      'order.created',
      'order.updated',
      'order.restored',
    ]);
    expect(topicsNeeded([mapping('order', { update: true }, { realTime: false })])).toEqual([]);
  });

  it('are not made for a topic that is never sent', () => {
    const all = { create: true, update: true, delete: true };
    expect(topicsNeeded([mapping('customer', all)])).toEqual([
      'customer.created',
      'customer.updated',
      'customer.deleted',
    ]);
  });
});

describe('a change event', () => {
  it('names the record of the body, whatever else is in it', () => {
    const change = changeOf(event('order.updated'), 'main', { id: 7, status: 'completed' });
    expect(change).toEqual({ resource: 'order', key: 'main:7' });
    expect(changeOf(event('product.deleted'), 'eu:2', { id: 12 })).toEqual({
      resource: 'product',
      key: 'eu:2:12',
    });
  });

  it.each([null, 7, '7', [], {}, { id: 0 }, { id: -1 }, { id: 1.5 }, { id: null }, { ID: 7 }])(
    'cannot be made of %j',
    (body) => {
      expect(changeOf(event('order.updated'), 'main', body)).toBeNull();
    },
  );
});

describe('what shares a queue', () => {
  const coupon = event('coupon.updated');
  const content = event('action.woocommerce_sync_content');
  const coupons = mapping('coupon', { update: true });
  const pages = mapping('content', { delete: true }, { contentType: 'page' });

  it('is heard of by its own mapping alone', () => {
    expect([isWanted(coupon, [coupons]), isWanted(coupon, [pages])]).toEqual([true, false]);
    expect([isWanted(content, [coupons]), isWanted(content, [pages])]).toEqual([false, true]);
    expect(topicsNeeded([coupons])).toEqual([
      'coupon.created',
      'coupon.updated',
      'coupon.restored',
    ]);
    expect(topicsNeeded([pages])).toEqual(['action.woocommerce_sync_content']);
  });

  it('is named by keys that say their type', () => {
    expect(changeOf(coupon, 'main', { id: 7 })).toEqual({
      resource: 'content',
      key: 'main:coupon:7',
    });
    const action = 'woocommerce_sync_content';
    expect(changeOf(content, 'main', { action, arg: 'page:12' })).toEqual({
      resource: 'content',
      key: 'main:page:12',
    });
  });

  it.each([['page'], ['page:'], [':12'], ['Page:12'], ['a:b:12'], [12], [null], [['page:12']]])(
    'is nothing where the action has the argument %j',
    (arg) => {
      expect(changeOf(content, 'main', { action: 'woocommerce_sync_content', arg })).toBeNull();
    },
  );
});
