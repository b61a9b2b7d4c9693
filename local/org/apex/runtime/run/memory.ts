import { getHeapStatistics } from 'node:v8';
import { LimitFault } from './exception.ts';

/** The part of its memory that the process uses at most. */
const MOST_USED = 0.8;

type Memory = Pick<ReturnType<typeof getHeapStatistics>, 'used_heap_size' | 'heap_size_limit'>;

/** Whether the process has memory left. */
export const hasMemory = ({ used_heap_size: used, heap_size_limit: most }: Memory): boolean =>
  used <= most * MOST_USED;

/** @throws LimitFault where the memory of the process nears its end, whatever was counted */
export function requireMemory(): void {
  const memory = getHeapStatistics();
  if (hasMemory(memory)) return;
  throw new LimitFault(`Apex heap size too large: ${memory.used_heap_size}`);
}
