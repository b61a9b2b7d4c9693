import { quoted } from '../../lib/database.ts';
import { canHaveFiles } from '../../model/file-objects.ts';
import type { ObjectDefinition, Schema } from '../../model/schema.ts';
import type { ObjectRights } from '../../model/access.ts';
import type { Level } from './sharing.ts';

export interface FileSharingParts {
  readonly userId: string;
  readonly schema: () => Schema;
  readonly has: (permission: string) => boolean;
  readonly rights: (object: ObjectDefinition) => ObjectRights;
  /** Sharing of ordinary records. */
  readonly records: (object: ObjectDefinition, alias: string, level: Level) => string | undefined;
}

/**
 * Which files a user may see, change and delete: its own, those shared with it, and those of records that it may
 * see, which are found by id and never in a list.
 */
export class FileSharing {
  private readonly parts: FileSharingParts;

  constructor(parts: FileSharingParts) {
    this.parts = parts;
  }

  /**
   * SQL that holds for the documents, versions or links that are open to the user; undefined when all are.
   * @param alias of the object's table, quoted where it must be
   * @param listed the rows are not asked for by id
   */
  condition(
    object: ObjectDefinition,
    alias: string,
    level: Level,
    listed: boolean,
  ): string | undefined {
    if (level === 'see' && this.parts.has('QueryAllFiles')) return undefined;
    const isOwner = `${alias}.OwnerId = '${this.parts.userId}'`;
    if (object.name === 'ContentDocument') {
      return this.ofDocument(`${alias}.Id`, isOwner, level, listed);
    }
    const documentId = `${alias}.ContentDocumentId`;
    if (object.name === 'ContentVersion') {
      return this.ofDocument(documentId, isOwner, level, listed);
    }
    return this.ofLink(alias, level, listed);
  }

  private ofLink(alias: string, level: Level, listed: boolean): string {
    const ownsFile =
      `EXISTS (SELECT 1 FROM ContentDocument file WHERE file.Id = ${alias}.ContentDocumentId ` +
      `AND file.OwnerId = '${this.parts.userId}')`;
    // Whoever may change a file may also end its links.
    const change = level === 'see' ? 'see' : 'edit';
    const file = this.ofDocument(`${alias}.ContentDocumentId`, ownsFile, change, listed);
    const isUser = `substr(${alias}.LinkedEntityId, 1, 3) = '005'`;
    return `(${file} AND (${isUser} OR ${this.ofRecord(`${alias}.LinkedEntityId`, 'see')}))`;
  }

  private ofDocument(documentId: string, isOwner: string, level: Level, listed: boolean): string {
    // _Modify All Data_ changes and deletes what its user can see.
    const isAdmin = this.parts.has('ModifyAllData');
    if (level !== 'see' && isAdmin) return this.ofDocument(documentId, isOwner, 'see', false);
    if (level === 'delete') return isOwner;
    const shared = this.shares(level, listed).join(' OR ');
    return (
      `(${isOwner} OR EXISTS (SELECT 1 FROM ContentDocumentLink shared ` +
      `WHERE shared.ContentDocumentId = ${documentId} AND shared.IsDeleted = 0 AND (${shared})))`
    );
  }

  /** What a link must be to open its file: one to the user, or one to a record that the user may see. */
  private shares(level: Level, listed: boolean): readonly string[] {
    const toUser = `shared.LinkedEntityId = '${this.parts.userId}'`;
    const direct = level === 'see' ? toUser : `(${toUser} AND shared.ShareType = 'C')`;
    if (listed) return [direct];
    const record = this.ofRecord('shared.LinkedEntityId', level);
    return [direct, level === 'see' ? record : `(shared.ShareType = 'I' AND ${record})`];
  }

  /** Holds where the id is of a record that the user may see or change, of whatever object. */
  private ofRecord(id: string, level: Level): string {
    const open: string[] = [];
    const some: string[] = [];
    for (const object of this.parts.schema().values()) {
      const { read, edit } = this.parts.rights(object);
      if (!canHaveFiles(object) || !(level === 'see' ? read : edit)) continue;
      const condition = this.parts.records(object, 'linked', level);
      if (condition === undefined) open.push(`'${object.keyPrefix}'`);
      else {
        const table = quoted(object.name);
        some.push(
          `EXISTS (SELECT 1 FROM ${table} linked WHERE linked.Id = ${id} AND ${condition})`,
        );
      }
    }
    return `(${[`substr(${id}, 1, 3) IN (${open.join(', ')})`, ...some].join(' OR ')})`;
  }
}
