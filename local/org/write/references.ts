import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { isRefused, type Converted } from '../data/convert.ts';
import { quoted, type Row, type SqlValue } from '../lib/database.ts';
import { noSuchColumn, notDeserializable, saveError, type SaveError } from '../model/errors.ts';
import type { OrgView } from '../model/org-view.ts';
import { planOf } from './plan.ts';

/** Whether the object's rows can be in the recycle bin. */
export const hasRecycleBin = (object: ObjectDefinition): boolean =>
  object.kind === 'standard' || object.kind === 'custom';

/** Days that a deleted record is kept. */
const DAYS_IN_BIN = 15;

/** Until when what was deleted is gone for good by now, to the day. */
export const purgedUntil = (org: Pick<OrgView, 'time'>): string =>
  new Date(org.time().getTime() - DAYS_IN_BIN * 86_400_000).toISOString().slice(0, 10);

/** Whether a record is in the recycle bin; one that was there for long is in no place any more. */
export const isInBin = (org: OrgView, row: Row): boolean =>
  row['IsDeleted'] === 1 && String(row['SystemModstamp']) >= purgedUntil(org);

/** Ids of the records that the caller sees, that are not deleted and hold the value; at most two. */
export function idsWith(
  org: OrgView,
  object: ObjectDefinition,
  field: FieldDefinition,
  value: SqlValue,
): readonly string[] {
  const live = hasRecycleBin(object) ? ' AND IsDeleted = 0' : '';
  const visible = org.access?.visible(object, quoted(object.name));
  const seen = visible === undefined ? '' : ` AND ${visible}`;
  return org.db
    .all(
      `SELECT Id FROM ${quoted(object.name)} WHERE ${quoted(field.name)} = ?${live}${seen} LIMIT 2`,
      value,
    )
    .map((row) => String(row['Id']));
}

/** Why a record of that id cannot be pointed to, changed or deleted; undefined when it can. */
export function absence(org: OrgView, object: ObjectDefinition, id: string): SaveError | undefined {
  const bin = hasRecycleBin(object) ? 'IsDeleted, SystemModstamp' : '0 AS IsDeleted';
  const row = org.db.get(`SELECT ${bin} FROM ${quoted(object.name)} WHERE Id = ?`, id);
  const isLive = row?.['IsDeleted'] === 0;
  if (!row || (!isLive && !isInBin(org, row))) {
    return saveError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  }
  return !isLive ? saveError('ENTITY_IS_DELETED', 'entity is deleted') : undefined;
}

/** Answers about other records, remembered for the length of one call. */
export class References {
  readonly org: OrgView;
  private readonly known = new Map<FieldDefinition, Map<string, SaveError | undefined>>();
  private readonly byKey = new Map<string, Converted>();

  constructor(org: OrgView) {
    this.org = org;
  }

  private look(field: FieldDefinition, id: string): SaveError | undefined {
    const object = this.org.whole.objectOfId(id);
    const fits =
      object && (field.referenceTo.length === 0 || field.referenceTo.includes(object.name));
    if (!fits) {
      return saveError(
        'FIELD_INTEGRITY_EXCEPTION',
        `${field.label}: id value of incorrect type: ${id}`,
        field.name,
      );
    }
    const { access } = this.org;
    return (
      absence(this.org, object, id) ??
      access?.referenceRefusal(object, id, field.masterDetail && !field.metadataRelationship)
    );
  }

  /** Why the field may not point to the record; undefined when it may. */
  refusal(field: FieldDefinition, id: string): SaveError | undefined {
    let ofField = this.known.get(field);
    if (!ofField) {
      ofField = new Map();
      this.known.set(field, ofField);
    }
    if (!ofField.has(id)) ofField.set(id, this.look(field, id));
    return ofField.get(id);
  }

  /** The id for `{ "Contact__r": { "Woo_Key__c": "main:7" } }`. */
  byExternalId(owner: ObjectDefinition, field: FieldDefinition, related: unknown): Converted {
    if (related === null) return null;
    if (typeof related !== 'object' || Array.isArray(related)) {
      return notDeserializable(field.relationshipName ?? field.name, related);
    }
    const keys = Object.entries(related).filter(([name]) => name !== 'attributes');
    const [entry] = keys;
    const target = this.org.object(field.referenceTo[0] ?? '');
    if (!target) return noSuchColumn(field.relationshipName ?? field.name, owner.name);
    if (!entry || keys.length > 1) {
      return saveError(
        'INVALID_FIELD',
        `Specify exactly one external id field for ${field.relationshipName ?? field.name} on ${owner.name}`,
      );
    }
    const cacheKey = `${target.name} ${entry[0]} ${String(entry[1])}`;
    let found = this.byKey.get(cacheKey);
    if (found === undefined) {
      found = this.resolve(target, entry[0], entry[1]);
      this.byKey.set(cacheKey, found);
    }
    return found;
  }

  private resolve(target: ObjectDefinition, name: string, value: unknown): Converted {
    const inputs = planOf(target).inputs;
    const plan = inputs.get(name) ?? inputs.get(name.toLowerCase());
    if (!plan || plan.viaRelationship) return noSuchColumn(name, target.name);
    if (!plan.field.externalId && plan.field.type !== 'id') {
      return saveError(
        'INVALID_FIELD',
        `Field name provided, ${name} does not match an External ID, Salesforce Id, ` +
          `or indexed field for ${target.name}`,
      );
    }
    const key = plan.convert(value);
    if (isRefused(key)) return key;
    const ids = key === null ? [] : idsWith(this.org, target, plan.field, key);
    const [id] = ids;
    if (ids.length > 1) return severalFound(plan.field, ids);
    return (
      id ??
      saveError(
        'INVALID_FIELD',
        `Foreign key external ID: ${String(key ?? '')} not found for field ${plan.field.name} in entity ${target.name}`,
      )
    );
  }
}

/** An external id that is not unique and names several records. */
export function severalFound(field: FieldDefinition, ids: readonly string[]): SaveError {
  return saveError(
    'DUPLICATE_EXTERNAL_ID',
    `${field.name}: more than one record found for external id field: [${ids.join(', ')}]`,
  );
}
