import { beforeEach, expect, it } from 'vitest';
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

function issue(scope: Pick<IssueSeen, 'resource' | 'object'>, over: Partial<IssueSeen> = {}) {
  const key = `${String(scope.resource)}:${scope.object}:main:7`;
  return {
    ...{ key, kind: 'failed', store: 'main', ...scope, recordKey: 'main:7', recordId: null },
    ...{ code: 'FIELD_INTEGRITY', reason: 'Too low.', cure: 'Raise it.', field: null },
    ...{ wooValue: null, salesforceValue: null, change: null, retry: 'never' },
    ...over,
  } as const satisfies IssueSeen;
}

const close = (mappings: readonly object[], held: readonly object[] = []) =>
  closeUnmapped(book, {
    store: { key: 'main' },
    ...{ mappings: mappings as readonly Mapping[], held: held as readonly HeldMapping[] },
  });
const open = async () => (await book.find({}, 2000)).map(({ key }) => key);

beforeEach(() => {
  book = new MemoryChangeQueue(new MemoryState());
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
