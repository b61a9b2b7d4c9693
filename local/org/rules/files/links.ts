import type { Row } from '../../lib/database.ts';
import { saveError, type SaveError } from '../../model/errors.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import { rowOf, type Change, type ObjectRule } from '../../model/object-rule.ts';

/** Who shares what with whom, and how. */
export interface NewLink {
  readonly documentId: string;
  readonly entityId: string;
  readonly shareType: 'V' | 'I';
  readonly userId: string;
  readonly now: string;
}

/** Links a file without asking for rights: what the platform does by itself. */
export function link(org: WholeOrg, one: NewLink): void {
  const object = org.object('ContentDocumentLink');
  if (!object) throw new Error('The org has no ContentDocumentLink; it is made with the org.');
  org.insert(
    object,
    new Map<string, string | number>([
      ['Id', org.nextId(object)],
      ['ContentDocumentId', one.documentId],
      ['LinkedEntityId', one.entityId],
      ['ShareType', one.shareType],
      ['Visibility', 'AllUsers'],
      ['IsDeleted', 0],
      ['CreatedDate', one.now],
      ['CreatedById', one.userId],
      ['LastModifiedDate', one.now],
      ['LastModifiedById', one.userId],
      ['SystemModstamp', one.now],
    ]),
  );
}

const isUser = (id: unknown): boolean => typeof id === 'string' && id.startsWith('005');

function wrongShareType({ values }: Change): SaveError | undefined {
  if (values.get('ShareType') !== 'I' || !isUser(values.get('LinkedEntityId'))) return undefined;
  return saveError(
    'FIELD_INTEGRITY_EXCEPTION',
    'field integrity exception: ShareType (a user is a viewer or a collaborator: there is no record to infer from)',
    'ShareType',
  );
}

function twice({ org, values }: Change): SaveError | undefined {
  const [documentId, entityId] = [values.get('ContentDocumentId'), values.get('LinkedEntityId')];
  const sql =
    'SELECT 1 FROM ContentDocumentLink WHERE ContentDocumentId = ? AND LinkedEntityId = ? AND IsDeleted = 0';
  if (typeof documentId !== 'string' || typeof entityId !== 'string') return undefined;
  if (!org.db.get(sql, documentId, entityId)) return undefined;
  return saveError(
    'DUPLICATE_VALUE',
    `Document with ID: ${documentId} is already linked with the entity with ID: ${entityId}`,
    'LinkedEntityId',
  );
}

export const linkRule: ObjectRule = {
  check(change) {
    return change.id === undefined ? (wrongShareType(change) ?? twice(change)) : undefined;
  },
  deleting(org, row) {
    const owner = rowOf(org, 'ContentDocument', row['ContentDocumentId'] ?? null)?.['OwnerId'];
    if (owner !== row['LinkedEntityId']) return undefined;
    return saveError('FIELD_INTEGRITY_EXCEPTION', 'field integrity exception');
  },
};

/** A record that goes takes its links along, and leaves the files. */
export const linksGoRule: ObjectRule = {
  deleted(org: WholeOrg, row: Row, now: string) {
    org.db.run(
      'UPDATE ContentDocumentLink SET IsDeleted = 1, SystemModstamp = ? WHERE LinkedEntityId = ? AND IsDeleted = 0',
      now,
      row['Id'] ?? null,
    );
  },
  undeleted(org: WholeOrg, row: Row, now: string) {
    org.db.run(
      'UPDATE ContentDocumentLink SET IsDeleted = 0, SystemModstamp = ? WHERE LinkedEntityId = ? AND SystemModstamp = ?',
      now,
      row['Id'] ?? null,
      row['SystemModstamp'] ?? null,
    );
  },
};
