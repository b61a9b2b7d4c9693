import { describe, expect, it } from 'vitest';

import { folderOf } from './folders.ts';
import { faults, type Outcome, score } from './score.ts';

const times = (count: number, outcome: Outcome): Outcome[] =>
  Array.from({ length: count }, () => outcome);

describe('the score', () => {
  it('is what tests notice of what is not marked: what no test comes past counts against it', () => {
    const outcomes = [
      ...times(5, 'killed'),
      ...times(1, 'timeout'),
      ...times(1, 'survived'),
      ...times(1, 'not covered'),
      ...times(2, 'marked'),
    ];
    expect(score(outcomes)).toEqual({
      mutants: 10,
      killed: 6,
      survived: 1,
      notCovered: 1,
      marked: 2,
      percent: 75,
    });
  });

  it('is whole where nothing is to be noticed', () => {
    expect(score(times(2, 'marked')).percent).toBe(100);
    expect(score([]).percent).toBe(100);
  });

  it('is wrong below what the folder is to reach, and only there', () => {
    const nine = score([...times(9, 'killed'), 'survived']);
    expect(faults(nine, 90)).toEqual([]);
    expect(faults(nine, 91)).toEqual(['Tests notice 90.0 %, and are to notice 91 %.']);
    expect(faults(nine, null)).toEqual([]);
  });

  it('is wrong where more than a tenth is marked', () => {
    expect(faults(score([...times(9, 'killed'), 'marked']), 90)).toEqual([]);
    expect(faults(score([...times(8, 'killed'), 'marked']), 90)).toEqual([
      '1 of 9 are marked: 10 % at the most may be.',
    ]);
  });
});

describe('a folder', () => {
  it('has what it is to reach, and tests, its own first', () => {
    expect(folderOf('sidecar/src/sync/merge')).toEqual({
      least: 90,
      tests: ['sidecar/test/sync/merge', 'sidecar/test/sync', 'sidecar/test/diagnostics'],
    });
  });

  it('that is not named is only measured', () => {
    expect(folderOf('sidecar/src/lib')).toEqual({ least: null, tests: ['sidecar/test/lib'] });
    expect(folderOf('local/org/soql')).toEqual({ least: null, tests: [] });
  });
});
