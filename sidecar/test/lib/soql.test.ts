import { describe, expect, it } from 'vitest';

import { inQueries, soqlText } from '../../src/lib/soql.ts';

const values = (count: number, make: (at: number) => string) =>
  new Set(Array.from({ length: count }, (_, at) => make(at)));

describe('queries for values', () => {
  it('ask for several fields at once', () => {
    const asked = new Map([
      ['Woo_Key__c', new Set(['main:1', 'main:2'])],
      ['Email', new Set(['a@example.com'])],
    ]);
    expect(inQueries('Contact', ['Id', 'Email'], asked)).toEqual([
      "SELECT Id, Email FROM Contact WHERE Woo_Key__c IN ('main:1','main:2') OR Email IN ('a@example.com')",
    ]);
  });

  it('are as many as addresses are long, and lose no value', () => {
    const asked = new Map([
      ['Woo_Key__c', values(700, (at) => `main:guest:someone.${at}@example.com`)],
      ['Email', values(700, (at) => `someone.${at}@example.com`)],
    ]);
    const queries = inQueries('Contact', ['Id'], asked);
    expect(queries.length).toBeGreaterThan(2);
    for (const soql of queries) expect(encodeURIComponent(soql).length).toBeLessThanOrEqual(15_000);
    const found = queries.flatMap((soql) => [...soql.matchAll(/'([^']*)'/g)].map(([, one]) => one));
    expect(new Set(found)).toEqual(new Set([...asked.values()].flatMap((some) => [...some])));
    expect(found).toHaveLength(1400);
  });

  it('count characters that take more room in an address', () => {
    const asked = new Map([['Name', values(900, (at) => `Ünïcödé 漢字 ${at}`)]]);
    for (const soql of inQueries('Product2', ['Id'], asked)) {
      expect(encodeURIComponent(soql).length).toBeLessThanOrEqual(15_000);
    }
  });

  it('leave out what no field can hold, which would end the run', () => {
    const values = new Set(['L'.repeat(20_000), 'half an emoji \ud83d', 'TEA']);
    expect(inQueries('Product2', ['Id'], new Map([['ProductCode', values]]))).toEqual([
      "SELECT Id FROM Product2 WHERE ProductCode IN ('TEA')",
    ]);
  });

  it('are none for nothing', () => {
    expect(inQueries('Contact', ['Id'], new Map([['Email', new Set<string>()]]))).toEqual([]);
  });
});

describe('a text in SOQL', () => {
  it.each([
    ["O'Hara", "'O\\'Hara'"],
    ['back\\slash', "'back\\\\slash'"],
    ["' OR Name != '", "'\\' OR Name != \\''"],
    ['two\nlines\t', "'two\\nlines\\t'"],
  ])('cannot end before its end: %s', (text, soql) => {
    expect(soqlText(text)).toBe(soql);
  });
});
