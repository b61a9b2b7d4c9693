import type { MappingRow } from './config-rows.ts';
import { type Mapped, type Resource, RESOURCE_NAMES } from './resources.ts';

/** A setting as compile.ts reads it; '' for one left blank. */
export function lower(value: string | null): string {
  return value?.trim().toLowerCase() ?? '';
}

/** The resource that the mapping names; none where there is no such one. */
export function resourceOf({ resource }: MappingRow): Resource[] {
  const wanted = lower(resource);
  return RESOURCE_NAMES.filter((name) => name === wanted);
}

/** The same, with the type of WordPress's content. */
export function mappedBy(row: MappingRow): Mapped[] {
  return resourceOf(row).map((resource) => ({
    resource,
    contentType: resource === 'content' ? lower(row.contentType) || null : null,
  }));
}
