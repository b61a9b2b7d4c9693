import { describe, expect, it } from 'vitest';
import { engineView } from '../../src/app/engine-view.ts';
import type { Edit } from '../../src/http/engine-port.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Availability } from '../../src/engine/availability.ts';

/** Of the engine and the org what the view needs for Salesforce's side. */
function viewOf(setup: object | null = {}) {
  const organizationId = '00Dxx0000000001';
  const edited: Edit[] = [];
  const engine = {
    setup,
    objects: new Set(['product2', 'woo_command__c']),
    edited: (edits: readonly Edit[]) => Promise.resolve(void edited.push(...edits)),
  };
  type Parts = Parameters<typeof engineView>;
  const view = engineView(
    engine as unknown as Parts[0],
    { org: { organizationId } } as unknown as Parts[1],
  );
  return { view, edited };
}

describe('outbound messages', () => {
  it('are taken from the org once its mappings were read', () => {
    expect(viewOf().view.organizationId).toBe('00Dxx0000000001');
    expect(viewOf(null).view.organizationId).toBeNull();
  });

  it('are of the objects that the engine knows', () => {
    expect(viewOf().view.knowsObject('product2')).toBe(true);
    expect(viewOf().view.knowsObject('lead')).toBe(false);
  });

  it('reach the engine; a deleted record of an object that is not told may be of each', async () => {
    const { view, edited } = viewOf();
    const known = { object: 'product2', recordId: '01txx0000000001AAA', key: 'main:7' };
    const gone = { object: null, recordId: null, key: null };
    await view.onEdits([known, gone]);
    expect(edited).toEqual([
      known,
      { ...gone, object: 'product2' },
      { ...gone, object: 'woo_command__c' },
    ]);
  });
});

describe('the figure of open issues', () => {
  it('is there for each store, also where there are none', async () => {
    const engine = {
      availability: new Availability(systemClock),
      stores: ['main', 'outlet'].map((key) => ({ setup: { store: { key } } })),
    };
    const parts = {
      org: { callsFor: new Map(), usage: null },
      queue: { backlog: () => Promise.resolve([]) },
      issues: { open: () => Promise.resolve(new Map([['outlet', 3]])) },
    };
    type Parts = Parameters<typeof engineView>;
    const view = engineView(engine as unknown as Parts[0], parts as unknown as Parts[1]);
    const figures = await view.figures();
    const open = figures.find(({ name }) => name === 'woo_salesforce_open_issues');
    expect(open?.values).toEqual([
      { labels: { store: 'main' }, value: 0 },
      { labels: { store: 'outlet' }, value: 3 },
    ]);
  });
});
