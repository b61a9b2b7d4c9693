import { createRecords, updateRecords, upsertRecords, type SaveResult } from '../../write/batch.ts';
import type { Caller } from '../../model/caller.ts';
import { deleteRecords } from '../../write/delete.ts';
import type { SaveError } from '../../model/errors.ts';
import { createOrgData, type OrgData, type OrgDataOptions } from '../../data/org-data.ts';
import { seed } from '../../data/people/seed.ts';
import type { ObjectDefinition } from '../../model/schema.ts';
import { findField } from '../../soql/scope.ts';
import { deployTestObjects } from '../objects.ts';

/** The data side of an org with the objects of these tests, without HTTP and without anyone's rights. */
export class DataOrg {
  readonly data: OrgData;
  /** Whoever writes; tests set what its headers ask for. */
  caller: Caller;

  constructor(options: OrgDataOptions = {}) {
    this.data = createOrgData({ now: () => new Date('2026-03-01T10:00:00.789Z'), ...options });
    seed(this.data, {
      adminUsername: 'a@example.com',
      integrationUsername: 'b@example.com',
      repUsername: 'rep@example.com',
    });
    this.caller = { userId: String(this.data.db.get('SELECT Id FROM User')?.['Id']) };
    deployTestObjects(this.data);
  }

  create(type: string, record: object): SaveResult {
    const records = [{ type, record: { ...record } }];
    const [result] = createRecords(this.data, this.caller, records, false);
    if (!result) throw new Error('no result');
    return result;
  }

  /** @returns the id of the new record */
  created(type: string, record: object): string {
    const result = this.create(type, record);
    if (!result.success) throw new Error(JSON.stringify(result.errors));
    return result.id;
  }

  update(type: string, id: string, record: object): SaveResult {
    const records = [{ type, record: { ...record, Id: id } }];
    const [result] = updateRecords(this.data, this.caller, records, false);
    if (!result) throw new Error('no result');
    return result;
  }

  delete(id: string): SaveResult {
    const [result] = deleteRecords(this.data, this.caller, [id], false);
    if (!result) throw new Error('no result');
    return result;
  }

  upsert(name: string, key: string, ...records: object[]): readonly SaveResult[] {
    const field = findField(this.object(name), key);
    if (!field) throw new Error(`no ${key}`);
    const rows = records.map((one) => ({ ...one }));
    return upsertRecords(this.data, this.caller, this.object(name), field, rows, false);
  }

  object(name: string): ObjectDefinition {
    const found = this.data.object(name);
    if (!found) throw new Error(`no ${name}`);
    return found;
  }

  value(id: string, name: string): unknown {
    const object = this.data.objectOfId(id);
    return object && this.data.row(object, id)?.[name];
  }
}

export const firstError = (result: SaveResult | undefined): SaveError | undefined =>
  result?.errors[0];

/** `CODE` of the first error, or `ok`. */
export const codeOf = (result: SaveResult | undefined): string =>
  result?.success === true ? 'ok' : (firstError(result)?.statusCode ?? 'no result');
