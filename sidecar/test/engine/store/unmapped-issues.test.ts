import { beforeEach, describe, expect, it } from 'vitest';
import { queueMended } from '../../../src/engine/held-changes.ts';
import { closeUnmapped } from '../../../src/engine/store/unmapped-issues.ts';
import { explanationOf } from '../../../src/errors/catalogue.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { HeldMapping } from '../../../src/ports/held-mappings.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import { issueRow } from '../../../src/sync/report/issue-row.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { MemoryState } from '../../support/memory-state.ts';

const ORDER = { resource: 'order', object: 'Woo_Order__c' } as const;
const PRODUCT = { resource: 'product', object: 'Product2' } as const;

let book: MemoryChangeQueue;
let state: MemoryState;

function issue(scope: Pick<IssueSeen, 'resource' | 'object'>, over: Partial<IssueSeen> = {}) {
  const key = `${String(scope.resource)}:${scope.object}:main:7`;
  return {
    key,
    kind: 'failed',
    store: 'main',
    ...scope,
    recordKey: 'main:7',
    recordId: null,
    code: 'FIELD_INTEGRITY',
    reason: 'Too low.',
    cure: 'Raise it.',
    field: null,
    wooValue: null,
    salesforceValue: null,
    change: null,
    retry: 'never',
    ...over,
  } as const satisfies IssueSeen;
}

const setupOf = (mappings: readonly object[], held: readonly object[] = []) => ({
  store: { key: 'main' },
  mappings: mappings as readonly Mapping[],
  held: held as readonly HeldMapping[],
});
const close = (...given: Parameters<typeof setupOf>) =>
  closeUnmapped({ issues: book, queue: book, state }, setupOf(...given));
const open = async () => (await book.find({}, 2000)).map(({ key }) => key);

beforeEach(() => {
  state = new MemoryState();
  book = new MemoryChangeQueue(state);
});

it('closes the issues of a mapping that is switched off, and says why', async () => {
  const failures = [issue(ORDER), issue(PRODUCT)];
  await book.finish({ jobs: [], failures, seen: [], followUps: [] });
  expect(await close([ORDER])).toBe(1);
  expect(await open()).toEqual([issue(ORDER).key]);
  const over = (await book.unreported(9)).find(({ state }) => state === 'resolved');
  expect(over).toMatchObject({ code: 'ISSUE_NOT_MAPPED' });
  expect(over?.reason).toMatch(
    /no active mapping of product to Product2.*FIELD_INTEGRITY: Too low/,
  );
  expect(over?.cure).toBe(explanationOf('ISSUE_NOT_MAPPED')?.cure);
  const row = over && issueRow(over, { state: 'open', hasResolution: false });
  expect(row, 'nothing has solved it').not.toHaveProperty('Resolution__c');
  expect(row).toMatchObject({ State__c: 'resolved' });
});

it('leaves alone what is of a held mapping, of the configuration and of other stores', async () => {
  const setup = issue({ resource: 'order', object: 'Woo_Mapping__mdt' }, { key: 'setup:Order' });
  const other = issue(PRODUCT, { key: 'product:Product2:outlet:7', store: 'outlet' });
  const failures = [issue(ORDER), setup, other];
  await book.finish({ jobs: [], failures, seen: [], followUps: [] });
  expect(await close([], [ORDER])).toBe(0);
  expect(await open()).toHaveLength(3);
});

it('walks all issues, however many', async () => {
  const failures = Array.from({ length: 1001 }, (_, at) => issue(PRODUCT, { key: `p:${at}` }));
  await book.finish({ jobs: [], failures, seen: [], followUps: [] });
  expect(await close([ORDER])).toBe(1001);
  expect(await open()).toEqual([]);
});

describe('the records of issues that were closed so', () => {
  const change = { resource: 'product', key: 'main:7' } as const;
  const ITEM = { resource: 'order_item', object: 'Woo_Order_Item__c' } as const;
  const waiting = async (...resources: readonly ('order' | 'product')[]) => {
    const jobs = await Promise.all(
      resources.map((resource) => book.claim({ store: 'main', resource }, 9)),
    );
    return jobs.flat().map(({ resource, key }) => `${resource} ${key}`);
  };
  const queue = (...given: Parameters<typeof setupOf>) => queueMended(book, setupOf(...given));

  it('are tried again once a mapping is of them again, and once', async () => {
    const failures = [
      issue(PRODUCT, { change }),
      issue(ITEM, { change: { resource: 'order', key: 'main:70' } }),
      issue({ ...PRODUCT, object: 'Guest__c' }),
    ];
    await book.finish({ jobs: [], failures, seen: [], followUps: [] });
    expect(await close([ORDER])).toBe(3);
    await queue([ORDER]);
    expect(await waiting('order', 'product'), 'while nothing is of them').toEqual([]);
    await queue([ORDER, { ...PRODUCT, object: 'Other__c' }]);
    expect(await waiting('product'), 'of another object').toEqual([]);
    await queue([ORDER, PRODUCT]);
    expect(await waiting('order', 'product')).toEqual(['product main:7']);
    await queue([ORDER, PRODUCT, ITEM]);
    expect(await waiting('order', 'product')).toEqual(['order main:70']);
  });

  it('have Salesforce asked where they may have been edited there', async () => {
    const guest = issue({ resource: 'customer', object: 'Contact' }, { key: 'guest' });
    const failures = [issue(PRODUCT, { change }), guest];
    await book.finish({ jobs: [], failures, seen: [], followUps: [] });
    await close([]);
    expect([...state.twoWay.edits.keys()]).toEqual(['main:7']);
  });

  it('wait no longer for a mapping that is on again and held: they wait for that one then', async () => {
    await book.finish({
      jobs: [],
      failures: [issue(PRODUCT, { change })],
      seen: [],
      followUps: [],
    });
    await close([]);
    await queue([], [{ ...PRODUCT, name: 'Product' }]);
    expect(await waiting('product')).toEqual(['product main:7']);
  });
});
