import { describe, expect, it } from 'vitest';
import {
  EDITOR_TYPES,
  ExpiredCommands,
} from '../../../../src/engine/commands/editor/expired-commands.ts';
import type { Collection } from '../../../../src/ports/org.ts';

describe('commands of the editor', () => {
  it('are deleted an hour after they were given, and looked for every quarter of an hour', async () => {
    const clock = { at: Date.UTC(2026, 10, 26, 10), now: () => new Date(clock.at) };
    const written: Collection[] = [];
    const org = {
      write: (some: readonly Collection[]) => {
        written.push(...some);
        return Promise.resolve([[]]);
      },
    };
    const expired = new ExpiredCommands({ org, clock });
    const soql = expired.soql();
    for (const type of EDITOR_TYPES) expect(soql).toContain(`'${type}'`);
    expect(soql).toContain('CreatedDate < 2026-11-26T09:00:00.000Z');
    expect(expired.soql()).toBeNull();
    clock.at += 900_000;
    expect(expired.soql()).toContain('CreatedDate < 2026-11-26T09:15:00.000Z');
    await expired.take([]);
    expect(written).toEqual([]);
    await expired.take([{ Id: 'a05000000000001AAA' }]);
    expect(written).toEqual([
      { kind: 'delete', object: 'Woo_Command__c', ids: ['a05000000000001AAA'] },
    ]);
  });
});
