import { describe, expect, it } from 'vitest';
import { SiteZone, wireDate, wireSeconds } from '../core/zone.ts';
import { startStore } from './client.ts';

describe('bounds of modified dates, order 206 being modified at 12:00:00 UTC', () => {
  // [zone, modified_after, dates_are_gmt, whether the order comes]
  it.each([
    ['America/New_York', '2026-03-20T11:59:59', true, true],
    ['Asia/Tokyo', '2026-03-20T11:59:59', true, true],
    ['UTC', '2026-03-20T11:59:59', true, true],
    ['UTC', '2026-03-20T12:00:00', true, false],
    ['UTC', '2026-03-20T11:59:59.999', true, true],
    // The trap: with a zone in the value the bound moves by the site's offset.
    ['Asia/Tokyo', '2026-03-20T11:59:59Z', true, false],
    ['Asia/Tokyo', '2026-03-20T02:59:59Z', true, true],
    ['Asia/Tokyo', '2026-03-20T03:00:00Z', true, false],
    ['America/New_York', '2026-03-20T15:59:59Z', true, true],
    ['America/New_York', '2026-03-20T16:00:00Z', true, false],
    // Without dates_are_gmt a zone in the value counts, and no zone means site time.
    ['America/New_York', '2026-03-20T11:59:59Z', false, true],
    ['America/New_York', '2026-03-20T12:00:00Z', false, false],
    ['America/New_York', '2026-03-20T07:59:59', false, true],
    ['America/New_York', '2026-03-20T08:00:00', false, false],
    ['America/New_York', '2026-03-20T13:59:59%2B02:00', false, true],
  ])('%s modified_after=%s dates_are_gmt=%s: %s', async (timeZone, bound, gmt, comes) => {
    for (const [resource, id] of [
      ['orders', 206],
      ['products', 10],
    ] as const) {
      const client = await startStore({ orders: 0, products: 0, timeZone });
      const edit = { modified: '2026-03-20T12:00:00' };
      client.store.edits.updateOrder(206, {}, edit);
      client.store.edits.updateProduct(10, {}, edit);
      const { body } = await client.get<unknown[]>(
        `${resource}?include=${id}&modified_after=${bound}&dates_are_gmt=${String(gmt)}`,
      );
      await client.store.close();
      expect(body, resource).toHaveLength(comes ? 1 : 0);
    }
  });

  it.each(['yesterday', '2026-03-20', '2026-13-01T00:00:00', '2026-03-20T11:59:59 02:00'])(
    'refuses %s',
    async (bound) => {
      const client = await startStore({ orders: 0 });
      const { status } = await client.get(`orders?modified_after=${encodeURIComponent(bound)}`);
      await client.store.close();
      expect(status).toBe(400);
    },
  );

  it('both bounds are exclusive', async () => {
    const client = await startStore({ orders: 0 });
    client.store.edits.updateOrder(206, {}, { modified: '2026-03-20T12:00:00' });
    const ask = async (after: string, before: string): Promise<number> => {
      const { body } = await client.get<unknown[]>(
        `orders?include=206&dates_are_gmt=true&modified_after=2026-03-20T${after}&modified_before=2026-03-20T${before}`,
      );
      return body.length;
    };
    expect(await ask('11:59:59', '12:00:01')).toBe(1);
    expect(await ask('12:00:00', '12:00:01')).toBe(0);
    expect(await ask('11:59:59', '12:00:00')).toBe(0);
    await client.store.close();
  });
});

describe('the site zone', () => {
  const newYork = new SiteZone('America/New_York');

  it.each([
    ['2026-01-15T12:00:00', '2026-01-15T07:00:00'],
    ['2026-07-15T12:00:00', '2026-07-15T08:00:00'],
    ['2025-11-02T05:30:00', '2025-11-02T01:30:00'],
    ['2025-11-02T06:30:00', '2025-11-02T01:30:00'],
    ['2026-03-08T06:59:59', '2026-03-08T01:59:59'],
    ['2026-03-08T07:00:00', '2026-03-08T03:00:00'],
  ])('%s UTC is %s in New York', (utc, site) => {
    expect(newYork.pair(wireSeconds(utc))).toStrictEqual({ site, gmt: utc });
  });

  it.each([
    ['2025-11-02T01:30:00', '2025-11-02T05:30:00'],
    ['2026-03-08T02:30:00', '2026-03-08T07:30:00'],
    ['2026-07-15T08:00:00', '2026-07-15T12:00:00'],
  ])('%s in New York is read as %s UTC', (site, utc) => {
    expect(wireDate(newYork.fromWall(wireSeconds(site)))).toBe(utc);
  });

  it('knows half hours and refuses unknown names', () => {
    expect(new SiteZone('Asia/Kolkata').offsetAt(0)).toBe(19_800);
    expect(new SiteZone('UTC').offsetAt(0)).toBe(0);
    expect(() => new SiteZone('Mars/Olympus')).toThrow(/"Mars\/Olympus" is unknown/);
  });
});
