import type { LookupWriter } from '../build/field-writer.ts';
import type { Settings } from '../model/mapping.ts';
import type { FieldSchema } from '../model/schema.ts';
import type { Draft } from './draft.ts';

/**
 * Of which kind the ids of a lookup's attribute are: as the attribute says, or else as its name or the one kind of records
 * says that the field may refer to. Records of different kinds have the same numbers.
 * @returns null where it cannot be known
 */
export function referredKind(
  { field, path, refersTo }: LookupWriter,
  from: Draft,
  drafts: readonly Draft[],
): string | null {
  if (refersTo === 'content') return from.settings?.contentType ?? null;
  if (refersTo !== 'unknown') return refersTo;
  const targets = drafts
    .filter(({ row }) => [row.store, null].includes(from.row.store) || row.store === null)
    .flatMap(({ settings }) => settings ?? [])
    .filter(writes(field));
  const taxonomy = from.settings?.resource === 'content' ? taxonomyOf(path.canonical) : null;
  // Product categories have a name of their own.
  const possible = taxonomy === null ? targets : targets.filter(isContent);
  const kinds = new Set(possible.map(kindOf));
  if (taxonomy !== null && kinds.has(taxonomy)) return taxonomy;
  const [kind] = new Set(targets.map(kindOf)).size === 1 ? kinds : [];
  return kind ?? null;
}

/** Whether an id of that kind may be one of the mapping's records. A customer of the shop is a user of WordPress. */
export function isOfKind(kind: string, settings: Settings): boolean {
  const own = kindOf(settings);
  return kind === own || [kind, own].sort().join(' ') === 'customer user';
}

/** The resource; of WordPress's content, the type. */
export function kindOf({ contentType, resource }: Settings): string {
  return contentType ?? resource;
}

/** Whether a mapping writes records that the field may refer to. */
export function writes({ referenceTo }: FieldSchema): (settings: Settings) => boolean {
  return ({ direction, object }) => direction !== 'to_woo' && referenceTo.includes(object);
}

/** Lists of WordPress's content are ids of terms, such as `genre.0`; null for anything else. */
function taxonomyOf(canonical: string): string | null {
  return /^([^.]+)\.\d+$/.exec(canonical)?.[1] ?? null;
}

function isContent({ contentType }: Settings): boolean {
  return contentType !== null;
}
