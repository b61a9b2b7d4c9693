import type { Mapping } from '../mapping/model/mapping.ts';
import type { ChangeResource } from '../ports/change.ts';

/** What is swept together. */
export interface Rhythm {
  readonly seconds: number;
  readonly resources: readonly SweptResource[];
}

/** Customers cannot be asked for by their date; they have a night of their own. */
type SweptResource = Exclude<ChangeResource, 'customer'>;

const PARTS: Readonly<Record<SweptResource, readonly Mapping['resource'][]>> = {
  order: ['order', 'order_item', 'refund'],
  product: ['product'],
};
/** For mappings that name no interval. */
const USUAL_MINUTES = 15;
/** Compiling refuses shorter ones; whatever comes past it makes no hot loop. */
const LEAST_MINUTES = 1;

/**
 * How often what is swept: as the mappings of a resource say, the shortest of their intervals. Where nothing is
 * pushed to us, real-time mappings are swept at the pace given.
 * @param pace seconds; null where webhooks come in
 */
export function sweepRhythms(mappings: readonly Mapping[], pace: number | null): readonly Rhythm[] {
  const bySeconds = new Map<number, SweptResource[]>();
  for (const resource of ['order', 'product'] as const) {
    const those = mappings.filter((mapping) => PARTS[resource].includes(mapping.resource));
    if (those.length === 0) continue;
    const minutes = those.flatMap(({ sweepMinutes }) => usable(sweepMinutes));
    const named = Math.min(...(minutes.length > 0 ? minutes : [USUAL_MINUTES])) * 60;
    const isPaced = pace !== null && those.some(({ realTime }) => realTime);
    const seconds = isPaced ? Math.min(pace, named) : named;
    const together = bySeconds.get(seconds);
    if (together) together.push(resource);
    else bySeconds.set(seconds, [resource]);
  }
  return [...bySeconds].map(([seconds, resources]) => ({ seconds, resources }));
}

function usable(minutes: number | null): number[] {
  if (minutes === null || !Number.isFinite(minutes)) return [];
  return [Math.max(minutes, LEAST_MINUTES)];
}
