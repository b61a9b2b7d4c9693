import type { RetryPolicy } from '../lib/retry.ts';

/**
 * HTTP statuses that pass by themselves, whichever route a call takes: of the shop, its web server or a proxy, whose
 * own ones stand in no standard (Cloudflare has 520 to 530).
 */
export const PASSING: ReadonlySet<number> = new Set([
  408,
  425,
  429,
  500,
  502,
  503,
  504,
  ...Array.from({ length: 94 }, (_, at) => 506 + at),
]);

/** How calls to a shop are repeated, on every route. */
export const RETRY: RetryPolicy = { attempts: 5, firstWaitMs: 500, longestWaitMs: 30_000 };

/** The same for an image of the shop: others wait behind it, and it is asked for again with its product. */
export const IMAGE_RETRY: RetryPolicy = { attempts: 2, firstWaitMs: 500, longestWaitMs: 2_000 };
