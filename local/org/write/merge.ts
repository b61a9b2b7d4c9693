import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { quoted } from '../lib/database.ts';
import { ApiError } from '../model/errors.ts';
import { toId18 } from '../model/ids.ts';
import type { WholeOrg } from '../model/org-view.ts';
import { absence, hasRecycleBin } from './references.ts';

/** Objects whose records can be merged. */
const mergeable = ['Account', 'Contact', 'Lead'];
const maxLosers = 2;

const invalid = (message: string): ApiError => new ApiError(400, 'INVALID_INPUT', message);

interface Reference {
  readonly object: ObjectDefinition;
  readonly field: FieldDefinition;
}

function recordOf(org: WholeOrg, given: unknown, name: string): [ObjectDefinition, string] {
  const id = typeof given === 'string' ? toId18(given) : undefined;
  const object = id === undefined ? undefined : org.objectOfId(id);
  if (id === undefined || !object || !mergeable.includes(object.name)) {
    throw invalid(
      `${name} is ${JSON.stringify(given)}: give the id of an account, a contact or a lead.`,
    );
  }
  const gone = absence(org, object, id);
  if (gone) throw new ApiError(400, gone.statusCode, `${name} ${id}: ${gone.message}`);
  if (org.row(object, id)?.['IsPersonAccount'] === 1) {
    throw new ApiError(
      501,
      'NOT_EMULATED',
      `${name} ${id} is a person: the local org merges none.`,
    );
  }
  return [object, id];
}

/** Fields through which records point to the object; where a merged record went is not one of them. */
function referencesTo(org: WholeOrg, target: ObjectDefinition): readonly Reference[] {
  return [...org.schema().values()].filter(hasRecycleBin).flatMap((object) =>
    object.fields
      .filter((field) => field.type === 'reference' && field.referenceTo.includes(target.name))
      .filter((field) => field.name !== 'MasterRecordId' && field.name !== 'PersonContactId')
      .map((field) => ({ object, field })),
  );
}

function mergeInto(
  org: WholeOrg,
  object: ObjectDefinition,
  master: string,
  loser: string,
  userId: string,
): void {
  const now = org.now();
  for (const reference of referencesTo(org, object)) {
    const column = quoted(reference.field.name);
    org.db.run(
      `UPDATE ${quoted(reference.object.name)} SET ${column} = ?, SystemModstamp = ? WHERE ${column} = ?`,
      master,
      now,
      loser,
    );
  }
  const touched = [
    ['LastModifiedDate', now],
    ['LastModifiedById', userId],
    ['SystemModstamp', now],
  ] as const;
  org.update(object, master, new Map(touched));
  org.update(
    object,
    loser,
    new Map<string, string | number>([...touched, ['IsDeleted', 1], ['MasterRecordId', master]]),
  );
}

/**
 * Merges up to two records into a third: what pointed to them points to the survivor, they go to the recycle bin
 * and say by `MasterRecordId` where they went. The survivor keeps its values.
 * @param masterId the survivor
 * @throws ApiError 400 with a sentence for ids that cannot be merged
 */
export function mergeRecords(
  org: WholeOrg,
  userId: string,
  masterId: unknown,
  loserIds: unknown,
): void {
  const [object, master] = recordOf(org, masterId, 'master');
  const given: unknown[] = Array.isArray(loserIds) ? loserIds : [];
  if (given.length === 0 || given.length > maxLosers) {
    throw invalid('merged must be a list of one or two ids.');
  }
  const losers = given.map((one, at) => {
    const [other, id] = recordOf(org, one, `merged[${at}]`);
    if (other === object && id !== master) return id;
    throw invalid(`merged[${at}] must be another record of the same object as master.`);
  });
  if (new Set(losers).size < losers.length) throw invalid('merged names a record twice.');
  org.db.transaction(() => {
    for (const loser of losers) mergeInto(org, object, master, loser, userId);
  });
}
