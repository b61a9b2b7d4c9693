import Table from 'cli-table3';
import { Decimal } from 'decimal.js';

import type { MappingReport } from '../../../sidecar/src/sync/report/run-report.ts';
import type { Expected } from './expected.ts';

export interface OrgMoney {
  readonly currency: string;
  readonly total: string;
  readonly refunded: string;
}

/** What the org holds of a store: records per object that carry its key, order money per currency, and stock. */
export interface OrgSide {
  readonly counts: ReadonlyMap<string, number>;
  readonly money: readonly OrgMoney[];
  /** Of all products together. */
  readonly stock: string;
}

export interface Comparison {
  /** The tables, and a line for each thing that differs or failed. */
  readonly text: string;
  readonly agrees: boolean;
}

/**
 * Sets both sides side by side: counts per mapping, money to the cent, and stock. A record that the store shares with
 * one before it carries the key of that one.
 */
export function compare(
  expected: Expected,
  reports: readonly MappingReport[],
  org: OrgSide,
): Comparison {
  const counts = compareCounts(expected, reports, org.counts);
  const money = compareMoney(expected, org.money);
  const stock = compareStock(expected, org.stock);
  return {
    text: [counts.text, money.text, stock.text, ...reports.flatMap(failures)].join('\n'),
    agrees: counts.agrees && money.agrees && stock.agrees,
  };
}

function compareCounts(
  { inStore, wanted, shared }: Expected,
  reports: readonly MappingReport[],
  counts: OrgSide['counts'],
): Comparison {
  const table = newTable(['', 'In the store', 'Wanted', 'Shared', 'In the org', 'Failed', '']);
  let agrees = reports.length > 0;
  for (const { label, resource, object, failed } of reports) {
    const want = wanted[resource] ?? 0;
    const elsewhere = shared[resource] ?? 0;
    const held = counts.get(object) ?? 0;
    const same = want === held + elsewhere;
    agrees &&= same;
    const name = `${label} → ${object}`;
    table.push([name, inStore[resource] ?? 0, want, elsewhere, held, failed, mark(same)]);
  }
  return { text: table.toString(), agrees };
}

function compareMoney({ money }: Expected, org: readonly OrgMoney[]): Comparison {
  const held = new Map(org.map((row) => [row.currency, row]));
  const table = newTable([
    'Orders',
    'Total in the store',
    'in the org',
    'Refunded',
    'in the org',
    '',
  ]);
  let agrees = money.size > 0;
  for (const currency of [...new Set([...money.keys(), ...held.keys()])].sort()) {
    const store = [money.get(currency)?.total, money.get(currency)?.refunded].map(cents);
    const there = [held.get(currency)?.total, held.get(currency)?.refunded].map(cents);
    const same = store.join() === there.join();
    agrees &&= same;
    table.push([currency, store[0], there[0], store[1], there[1], mark(same)]);
  }
  return { text: table.toString(), agrees };
}

function compareStock({ stock, shared }: Expected, org: string): Comparison {
  const table = newTable(['', 'In the store', 'in the org', '']);
  const agrees = stock.equals(org);
  const whose = (shared['product'] ?? 0) > 0 ? 'of its own' : 'of all';
  const name = `Stock ${whose} products and variations`;
  table.push([name, stock.toString(), new Decimal(org).toString(), mark(agrees)]);
  return { text: table.toString(), agrees };
}

function failures({ label, failures: failed }: MappingReport): string[] {
  return failed.map(({ key, code, message }) => `${label} ${key}: ${code}: ${message}`);
}

function newTable(head: string[]): Table.Table {
  return new Table({
    head,
    style: { head: [], border: [] },
    colAligns: ['left', ...head.slice(2).map(() => 'right' as const), 'left'],
  });
}

function mark(same: boolean): string {
  return same ? 'agrees' : 'DIFFERS';
}

function cents(amount: Decimal | string | undefined): string {
  return new Decimal(amount ?? 0).toFixed(2);
}
