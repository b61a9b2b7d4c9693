import { after, before, rowOf, type Change, type ObjectRule } from '../model/object-rule.ts';
import { saveError } from '../model/errors.ts';

function takes({ org, object }: Change, queue: string): boolean {
  const sql = 'SELECT Id FROM QueueSobject WHERE QueueId = ? AND SobjectType = ?';
  return org.db.get(sql, queue, object.name) !== undefined;
}

/** A queue owns records of the objects alone that it names. */
export const queueOwnerRule: ObjectRule = {
  check(change) {
    if (!change.values.has('OwnerId')) return undefined;
    const owner = after(change, before(change), 'OwnerId');
    const queue = rowOf(change.org, 'Group', owner);
    return queue === undefined || takes(change, String(owner))
      ? undefined
      : saveError('INVALID_OPERATION', 'Queue not associated with this SObject type', 'OwnerId');
  },
};
