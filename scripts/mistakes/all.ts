import { CHANGES } from './changes.ts';
import { LOADS } from './loads.ts';
import type { Mistake } from './mistake.ts';
import { PLANTED } from './planted.ts';
import { WRITES } from './writes.ts';

export const MISTAKES: readonly Mistake[] = [...CHANGES, ...WRITES, ...LOADS, ...PLANTED];
