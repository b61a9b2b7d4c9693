import { ApiError, saveError, type SaveError } from '../model/errors.ts';
import type { OrgView } from '../model/org-view.ts';
import { rowOf } from '../model/object-rule.ts';
import type { Located } from './supported.ts';

/**
 * Whether somebody changed the record after the caller had read it.
 * @param since the `If-Unmodified-Since` header: the `lastModifiedDate` that the caller read, or a time of HTTP
 * @returns why the change must not be made
 * @throws ApiError for a header that is no time
 */
export function collision(
  org: OrgView,
  { object, id }: Located,
  since: string | undefined,
): SaveError | undefined {
  if (since === undefined) return undefined;
  const read = Date.parse(since);
  if (Number.isNaN(read)) {
    throw new ApiError(400, 'INVALID_INPUT', `If-Unmodified-Since is no time: ${since}`);
  }
  const row = org.row(object, id);
  const modified = row?.['LastModifiedDate'];
  if (typeof modified !== 'string' || Date.parse(modified) <= read) return undefined;
  const name = rowOf(org.whole, 'User', row?.['LastModifiedById'] ?? null)?.['Name'];
  return saveError(
    'CollisionDetectedException',
    `This record was modified by ${String(name ?? '')} during your edit session. Make a note of the data you ` +
      'entered, then reload the record and enter your updates again.',
  );
}
