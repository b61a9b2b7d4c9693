import type { Quota } from '../../ports/org.ts';

/** The header `Sforce-Limit-Info`, which comes with every answer: `api-usage=18/15000`. */
export function usageIn(header: string | undefined): Quota | null {
  const [, used, most] = /api-usage=(\d+)\/(\d+)/.exec(header ?? '') ?? [];
  return used === undefined
    ? null
    : { limit: Number(most), remaining: Number(most) - Number(used) };
}
