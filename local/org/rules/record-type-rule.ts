import { rowOf, type Change, type ObjectRule } from '../model/object-rule.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import type { SqlValue } from '../lib/database.ts';

/** The one that describe names as the default. */
function usualType({ org, object }: Change): SqlValue {
  const sql =
    'SELECT Id FROM RecordType WHERE SobjectType = ? AND IsActive = 1 ORDER BY Id LIMIT 1';
  return org.db.get(sql, object.name)?.['Id'] ?? null;
}

function refusal(change: Change, id: SqlValue): SaveError | undefined {
  const row = rowOf(change.org, 'RecordType', id);
  const fits = row?.['SobjectType'] === change.object.name && row['IsActive'] === 1;
  return fits
    ? undefined
    : saveError(
        'INVALID_CROSS_REFERENCE_KEY',
        `Record Type ID: this ID value isn't valid for the user: ${String(id)}`,
        'RecordTypeId',
      );
}

/** A record has an active record type of its own object; a new one that names none gets the first. */
export const recordTypeRule: ObjectRule = {
  complete(change) {
    const { id, values } = change;
    if (id === undefined && !values.has('RecordTypeId')) {
      values.set('RecordTypeId', usualType(change));
    }
    const type = values.get('RecordTypeId') ?? null;
    return type === null ? undefined : refusal(change, type);
  },
};
