import { expect } from 'vitest';
import type { MappingSource } from '../../../src/mapping/model/config-rows.ts';
import { run } from './small-org.ts';

/** What, with which rows, is said with which code, of which place, in which words. */
export type FatalCase = [string, Partial<MappingSource>, string, string, RegExp];

export function expectFatal([, parts, code, place, text]: FatalCase): void {
  const { mappings, problems } = run(parts);
  expect(mappings).toEqual([]);
  const found = problems.find((problem) => problem.code === code);
  expect(found).toMatchObject({ fatal: true, mapping: 'Order', place });
  expect(`${found?.message ?? ''} ${found?.cure ?? ''}`).toMatch(text);
  expect(found?.message).toMatch(/\.$/);
  expect(found?.cure).toMatch(/[.…]$/);
}
