import type { MappingRow } from './config-rows.ts';
import type { Resource } from './record.ts';

/** A setting as compile.ts reads it; '' for one left blank. */
export function lower(value: string | null): string {
  return value?.trim().toLowerCase() ?? '';
}

const RESOURCES: ReadonlySet<string> = new Set<Resource>([
  ...(['order', 'order_item', 'refund', 'product', 'customer'] as const),
]);

/** The resource that the mapping names; none where there is no such one. */
export function resourceOf({ resource }: MappingRow): Resource[] {
  const wanted = lower(resource);
  return RESOURCES.has(wanted) ? [wanted as Resource] : [];
}
