import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DroppedLog } from '../../../src/http/outbound/dropped-log.ts';
import { silent } from '../support/server.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

it('fault 50: 30,000 notifications that are dropped make a line a minute, with how many', () => {
  const lines: object[] = [];
  const log = new DroppedLog({ ...silent, warn: (fields) => lines.push(fields) });
  for (let sent = 1; sent <= 30_000; sent += 1) {
    log.add(sent % 2 === 0 ? 'no_id' : 'unknown_object', `04l${sent}`);
    // Two minutes in all.
    vi.advanceTimersByTime(4);
  }
  expect(lines).toEqual([
    { dropped: { unknown_object: 1 }, notification: '04l1' },
    { dropped: { unknown_object: 7500, no_id: 7500 }, notification: '04l15001' },
  ]);
});
