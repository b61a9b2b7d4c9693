import { afterEach, describe, expect, it, vi } from 'vitest';

import { newestOf } from '../../../src/sync/merge/conflict-rule.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the record that was changed last', () => {
  it.each(['UTC', 'Asia/Tokyo', 'America/New_York'])(
    'is found by the time in UTC, where the process has %s',
    (zone) => {
      vi.stubEnv('TZ', zone);
      const newest = (woo: string, salesforce: string) =>
        newestOf(
          { record: { date_modified_gmt: `2026-11-24T${woo}` } },
          { Id: '003000000000001AAA', LastModifiedDate: `2026-11-24T${salesforce}.000+0000` },
        );
      expect(newest('10:00:01', '10:00:00')).toBe('woo');
      expect(newest('10:00:00', '10:00:01')).toBe('salesforce');
      expect(newest('10:00:00', '10:00:00')).toBe('woo');
    },
  );
});
