import { expect, it } from 'vitest';

import { exitCodeOf } from './exit-code.ts';

const NOTHING = { counts: { differs: 0, holds: 3 }, leftBehind: null };
const DIFFERS = { ...NOTHING, counts: { differs: 1 } };

it.each([
  ['holds', NOTHING, false, 0],
  ['differs', DIFFERS, false, 1],
  ['is stopped', NOTHING, true, 130],
  ['is stopped after something differed', DIFFERS, true, 130],
  ['is stopped and could not clean up', { ...NOTHING, leftBehind: 'a01' }, true, 1],
])('of a run that %s', (_, report, aborted, code) => {
  expect(exitCodeOf(report, { aborted })).toBe(code);
});
