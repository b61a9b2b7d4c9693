import { describe, expect, it } from 'vitest';

import { describeGolden } from '../../../src/cli/output/golden.ts';
import { parseCase, type GoldenRow } from '../../../src/diagnostics/golden/case.ts';
import { compareRows } from '../../../src/diagnostics/golden/compare.ts';

const row = (fields: Record<string, string | number | null>, key = 'main:7'): GoldenRow => ({
  key,
  fields,
});

describe('rows beside what a file expects', () => {
  it('agree whatever the order of fields and rows', () => {
    const file = { Order: [row({ A: 1, B: null }), row({ A: 2 }, 'main:8')] };
    const made = { Order: [row({ A: 2 }, 'main:8'), row({ B: null, A: 1 })] };
    expect(compareRows(file, made)).toEqual([]);
  });

  it.each<[string, GoldenRow, GoldenRow, string | null]>([
    ['another value', row({ A: 1 }), row({ A: 2 }), 'A'],
    ['another type', row({ A: 1 }), row({ A: '1' }), 'A'],
    ['a field more', row({ A: 1 }), row({ A: 1, B: 2 }), 'B'],
    ['a field less', row({ A: 1, B: 2 }), row({ A: 1 }), 'B'],
    ['null for absent', row({ A: 1, B: null }), row({ A: 1 }), 'B'],
    [
      'another reference',
      { ...row({}), references: { C: 'Contact main:1' } },
      { ...row({}), references: { C: null } },
      'references.C',
    ],
    ['other terms', { ...row({}), onCreate: { A: 1 } }, row({ A: 1 }), 'onCreate.A'],
    ['a refusal', row({ A: 1 }), { key: 'main:7', refused: ['VALUE_TOO_LONG A'] }, null],
  ])('differ by %s', (_, expected, actual, name) => {
    const [first] = compareRows({ Order: [expected] }, { Order: [actual] });
    expect(first).toMatchObject({ mapping: 'Order', key: 'main:7', field: name });
  });

  it('differ by a row too many, a row too few, a new mapping and one that does not run', () => {
    const differences = compareRows(
      { Gone: [], Order: [row({}), row({}, 'main:8')] },
      { New: [], Order: [row({}), row({}, 'main:9')] },
    );
    expect(differences.map(({ mapping, key }) => `${mapping} ${key ?? ''}`.trim())).toEqual([
      'Gone',
      'New',
      'Order main:8',
      'Order main:9',
    ]);
  });

  it('are said line by line', () => {
    const differences = compareRows(
      { Order: [row({ A: 1 })], Gone: [] },
      { Order: [row({ A: 2 })], New: [] },
    );
    const said = describeGolden({
      problems: [],
      results: [
        { file: 'a.json', description: 'One', differences },
        { file: 'b.json', description: 'Two', differences: [] },
      ],
      updated: false,
    });
    expect(said).toContain('differs a.json: One\n  Gone: the mapping does not run.\n');
    expect(said).toContain('  New: the mapping is new to the file.\n');
    expect(said).toContain('  Order main:7 A\n    - 1\n    + 2\n');
    expect(said).toContain('ok      b.json: Two\n');
    expect(said).toContain('2 golden orders, 1 differ.');
  });

  it('counts one as one', () => {
    const results = [{ file: 'a.json', description: 'One', differences: [] }];
    const said = describeGolden({ problems: [], results, updated: false });
    expect(said).toBe('ok      a.json: One\n\n1 golden order, all as they should be.\n');
  });
});

describe('a file', () => {
  const good = {
    description: 'One',
    store: { key: 'main', url: 'https://shop.example' },
    resource: 'order',
    record: { id: 7 },
    expected: { Order: [row({ A: 1 })] },
  };

  it('is taken where it is right', () => {
    expect(parseCase('a.json', JSON.stringify(good))).toEqual(good);
  });

  it.each([
    ['no JSON', '{"description": ', /a\.json is no golden order: it is not JSON/],
    ['no record', JSON.stringify({ ...good, record: undefined }), /a\.json .*: record:/],
    ['a strange resource', JSON.stringify({ ...good, resource: 'lead' }), /resource:/],
    ['a strange name', JSON.stringify({ ...good, expectd: {} }), /expectd/],
    [
      'a row without fields',
      JSON.stringify({ ...good, expected: { Order: [{}] } }),
      /expected\.Order/,
    ],
  ])('with %s is refused', (_, text, message) => {
    expect(() => parseCase('a.json', text)).toThrow(message);
  });
});
