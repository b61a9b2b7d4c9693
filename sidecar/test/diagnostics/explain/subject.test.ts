import { expect, it } from 'vitest';

import { readSubject } from '../../../src/diagnostics/explain/subject.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { IdStore } from '../../support/memory-state.ts';

/** A shop whose lists leave out what is not published, as WordPress's do. */
function shopWith(record: WooRecord): IdStore {
  const store = new IdStore({ 'content/event': [record] });
  const none = { records: [], total: 0, pages: 1, storeTime: new Date(0) };
  return Object.assign(store, { list: () => Promise.resolve(none) });
}

it.each([
  ['trash', /Restore it/],
  ['draft', /name the status in a condition/],
])('content with the status %s is explained as gone', async (status, cure) => {
  const reading = readSubject(shopWith({ id: 7, status }), 'content', 'event:7');
  await expect(reading).rejects.toMatchObject({
    code: 'RECORD_NOT_FOUND',
    message: expect.stringContaining(`has event:7 with the status "${status}"`) as string,
    cure: expect.stringMatching(cure) as string,
  });
});

it('content that only its own address shows is explained as it is', async () => {
  const store = shopWith({ id: 7, status: 'publish' });
  expect(await readSubject(store, 'content', 'event:7')).toMatchObject([
    { title: 'content event:7' },
  ]);
});
