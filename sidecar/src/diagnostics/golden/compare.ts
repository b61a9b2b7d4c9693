import { isDeepStrictEqual } from 'node:util';

import type { GoldenCase, GoldenRow } from './case.ts';

/** One thing that is not as the file has it. */
export interface Difference {
  readonly mapping: string;
  /** Null where it is about the mapping as a whole. */
  readonly key: string | null;
  /** `Total__c`, `references.Contact__c`; null where it is about the whole row. */
  readonly field: string | null;
  /** Undefined where the file, or the mapping, has nothing. */
  readonly expected: unknown;
  readonly actual: unknown;
}

/** What the mappings make of a record, beside what the file says; nothing where they agree. */
export function compareRows(
  expected: GoldenCase['expected'],
  actual: Readonly<Record<string, readonly GoldenRow[]>>,
): Difference[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
  return names.flatMap((mapping) => {
    const [wanted, made] = [expected[mapping], actual[mapping]];
    if (wanted === undefined || made === undefined) {
      return [{ mapping, key: null, field: null, expected: wanted, actual: made }];
    }
    return compareMapping(mapping, wanted, made);
  });
}

function compareMapping(
  mapping: string,
  expected: readonly GoldenRow[],
  actual: readonly GoldenRow[],
): Difference[] {
  const keys = [...new Set([...expected, ...actual].map(({ key }) => key))];
  return keys.flatMap((key): Difference[] => {
    const wanted = expected.find((row) => row.key === key);
    const made = actual.find((row) => row.key === key);
    if (!wanted || !made || 'refused' in wanted || 'refused' in made) {
      return isDeepStrictEqual(wanted, made)
        ? []
        : [{ mapping, key, field: null, expected: wanted, actual: made }];
    }
    const [before, now] = [flat(wanted), flat(made)];
    return [...new Set([...before.keys(), ...now.keys()])]
      .filter((field) => before.get(field) !== now.get(field))
      .map((field) => ({
        mapping,
        key,
        field,
        expected: before.get(field),
        actual: now.get(field),
      }));
  });
}

/** The values of a row by field, what is sent on other terms by a name before it. */
function flat(row: Exclude<GoldenRow, { refused: unknown }>): Map<string, unknown> {
  const { fields, onCreate, whenEmpty, references } = row;
  const named = (group: string, values: Readonly<Record<string, unknown>> = {}) =>
    Object.entries(values).map(([field, value]) => [`${group}.${field}`, value] as const);
  return new Map<string, unknown>([
    ...Object.entries(fields),
    ...named('onCreate', onCreate),
    ...named('whenEmpty', whenEmpty),
    ...named('references', references),
  ]);
}
