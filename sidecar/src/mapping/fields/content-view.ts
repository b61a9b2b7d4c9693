import type { Conditions } from '../conditions/types.ts';
import type { Mapped } from '../model/resources.ts';

/** What WordPress shows to nobody but those who may edit the record. */
const FOR_EDITORS =
  /^(?:email|first_name|last_name|nickname|username|roles|locale|registered_date|capabilities|password|permalink_template|generated_slug)(?:\.|$)|\.raw$/;

const STATUSES: ReadonlySet<string> = new Set(['publish', 'future', 'draft', 'pending', 'private']);

/**
 * The parameters by which a list of WordPress's content shows what a mapping needs: without them what is published,
 * as everybody sees it. Statuses are those that its conditions name; each of the others needs a right of the user.
 */
export function contentView(
  { resource }: Pick<Mapped, 'resource'>,
  conditions: Conditions,
  attributes: readonly string[],
): Readonly<Record<string, string>> {
  if (resource !== 'content') return {};
  const named = conditions.all
    .filter(({ attribute }) => attribute === 'status')
    .flatMap(({ expected }) => expected.match(/[a-z]+/g) ?? [])
    .filter((word) => STATUSES.has(word));
  const isForEditors = attributes.some((name) => FOR_EDITORS.test(name));
  return {
    ...(named.length > 0 && { status: [...new Set(['publish', ...named])].join(',') }),
    ...(isForEditors && { context: 'edit' }),
  };
}

/** The same of several mappings of one list. */
export function joinedViews(
  views: readonly Readonly<Record<string, string>>[],
): Readonly<Record<string, string>> {
  const statuses = views.flatMap(({ status }) => status?.split(',') ?? []);
  const context = views.find((view) => view['context'] !== undefined)?.['context'];
  return {
    ...(statuses.length > 0 && { status: [...new Set(statuses)].join(',') }),
    ...(context !== undefined && { context }),
  };
}
