import { expect, it, vi } from 'vitest';
import type { Link } from '../../../src/ports/link.ts';
import { RecordMap } from '../../../src/sync/model/record-map.ts';
import type { Known } from '../../../src/sync/model/record.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { learn } from '../../../src/sync/transform/references.ts';
import { lookup } from '../../support/shop-mappings.ts';

it('what is written while its link is asked for is known, be it as on its way', async () => {
  let isWritten = false;
  const links = vi.fn((_object: string, _keys: readonly string[]) => {
    const found = new Map<string, Link>();
    // The answer is of before; the row is done when it arrives.
    isWritten = true;
    return Promise.resolve(found);
  });
  const run = {
    state: { links },
    writer: { has: () => !isWritten },
    matchBuffer: { has: () => false },
  } as unknown as Run;
  const known: Known = new RecordMap();
  await learn(run, [lookup('Contact', 'main:3')], known);
  expect(links).toHaveBeenCalledOnce();
  expect(known.has('Contact', 'main:3')).toBe(true);
});
