import { describe, expect, it } from 'vitest';

import type { StoreSetup, Setup } from '../../../src/ports/setup.ts';
import { sweepAgain, sweepSalesforce } from '../../../src/sync/detect/sweep-salesforce.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mapping } from '../../support/shop-mappings.ts';

const NOW = new Date('2026-11-26T10:00:00Z');
const outgoing = [{ attribute: 'name', kind: 'value' }] as never;
const setup = {
  stores: [
    {
      store: { key: 'main' },
      held: [],
      mappings: [mapping('product', 'Product2', () => [], { outgoing })],
    },
  ] as unknown as readonly StoreSetup[],
} as Setup;

/** An org in which records become readable some time after the moment by which they are dated. */
class LateOrg {
  readonly #rows: { readonly Id: string; readonly Woo_Key__c: string; SystemModstamp: string }[] =
    [];

  commits(id: number, stamp: string): void {
    const Id = `01t00000000000${id}AAA`;
    const row = { Id, Woo_Key__c: `main:${id}`, SystemModstamp: stamp.replace('Z', '+0000') };
    const at = this.#rows.findIndex((one) => one.Id === Id);
    if (at < 0) this.#rows.push(row);
    else this.#rows[at] = row;
  }

  userId = () => Promise.resolve('005000000000001AAA');

  queries = (asked: readonly string[]) => {
    const [, since = ''] = /SystemModstamp >= (\S+)/.exec(asked[0] ?? '') ?? [];
    const isSince = ({ SystemModstamp: stamp }: { readonly SystemModstamp: string }) =>
      Date.parse(stamp) >= Date.parse(since);
    const rows = this.#rows.filter(isSince);
    return Promise.resolve([rows.sort((a, b) => a.SystemModstamp.localeCompare(b.SystemModstamp))]);
  };
}

function world() {
  const [org, state] = [new LateOrg(), new MemoryState()];
  const added: string[] = [];
  const add = (changes: readonly { readonly key: string }[]) => {
    added.push(...changes.map(({ key }) => key));
    return Promise.resolve();
  };
  const parts = { state, clock: { now: () => NOW }, queue: { add }, twoWay: state.twoWay };
  /** What a sweep has queued. @param meanwhile happens while the org answers it */
  const sweep = async (meanwhile = () => Promise.resolve()) => {
    added.length = 0;
    const queries = async (asked: readonly string[]) => {
      const rows = await org.queries(asked);
      await meanwhile();
      return rows;
    };
    const asked = { userId: org.userId, queries };
    const away = () => new Set<string>();
    await sweepSalesforce({ ...parts, org: asked, setup: () => setup, away }, []);
    return [...added];
  };
  const again = (since: string) => sweepAgain(state, 'Product2', new Date(since));
  return { org, sweep, again };
}

describe('a sweep of Salesforce', () => {
  it('finds what a long transaction commits minutes after its date', async () => {
    const { org, sweep } = world();
    org.commits(1, '2026-11-26T09:59:00.000Z');
    expect(await sweep()).toEqual(['main:1']);
    org.commits(2, '2026-11-26T09:50:00.000Z');
    expect(await sweep()).toEqual(['main:2']);
  });

  it('takes again what was saved since another configuration was read', async () => {
    const { org, sweep, again } = world();
    org.commits(1, '2026-11-26T09:30:00.000Z');
    org.commits(2, '2026-11-26T09:45:00.000Z');
    await sweep();
    await again('2026-11-26T09:59:00.000Z');
    expect(await sweep()).toEqual([]);
    await again('2026-11-26T09:44:00.000Z');
    expect(await sweep()).toEqual(['main:2']);
  });

  it('takes again what is asked for while it is under way, once', async () => {
    const { org, sweep, again } = world();
    org.commits(1, '2026-11-26T09:59:00.000Z');
    await sweep();
    org.commits(2, '2026-11-26T09:59:30.000Z');
    expect(await sweep(() => again('2026-11-26T09:58:00.000Z'))).toEqual(['main:2']);
    expect(await sweep()).toEqual(['main:1', 'main:2']);
    expect(await sweep()).toEqual([]);
  });

  it('goes back as far as the earliest asked for that it has not followed', async () => {
    const { org, sweep, again } = world();
    org.commits(1, '2026-11-26T09:10:00.000Z');
    org.commits(2, '2026-11-26T09:45:00.000Z');
    await sweep();
    await again('2026-11-26T09:12:00.000Z');
    await again('2026-11-26T09:44:00.000Z');
    expect(await sweep()).toEqual(['main:1', 'main:2']);
    await again('2026-11-26T09:44:00.000Z');
    expect(await sweep()).toEqual(['main:2']);
  });

  it('takes a record once for each of its saves', async () => {
    const { org, sweep } = world();
    org.commits(1, '2026-11-26T09:59:00.000Z');
    await sweep();
    expect(await sweep()).toEqual([]);
    org.commits(1, '2026-11-26T09:59:30.000Z');
    expect(await sweep()).toEqual(['main:1']);
    expect(await sweep()).toEqual([]);
  });
});
