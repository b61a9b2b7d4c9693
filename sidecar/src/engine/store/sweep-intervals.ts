import type { Mapping } from '../../mapping/model/mapping.ts';
import { broughtBy, CHANGE_RESOURCES, RESOURCES } from '../../mapping/model/resources.ts';
import type { ChangeResource } from '../../ports/change.ts';

/** What is swept together. */
export interface Rhythm {
  readonly seconds: number;
  readonly resources: readonly ChangeResource[];
}

/** Customers cannot be asked for by their date; they have a night of their own. */
const SWEPT = CHANGE_RESOURCES.filter((resource) => RESOURCES[resource].sweptBy !== null);
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
  const bySeconds = new Map<number, ChangeResource[]>();
  for (const resource of SWEPT) {
    const brought = broughtBy(resource);
    const those = mappings.filter((mapping) => brought.includes(mapping.resource));
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
