import type { OrgView } from '../../model/org-view.ts';
import { createRecords, updateRecords, type SaveResult } from '../../write/batch.ts';
import { deleteRecords } from '../../write/delete.ts';
import { ApexException } from '../apex-rest.ts';
import { bound, systemQuery } from '../system-query.ts';
import { refusal } from './refusals.ts';
import { rowLike, type Row, type RowsByKey } from './rows.ts';

const SAVE = 'Woo_Mapping_Save__c';
/** Of a long text. */
const MAX_LENGTH = 131_072;
/** After which a deploy that was never heard of again no longer keeps others from saving. */
const PATIENCE_MS = 10 * 60_000;
/** Saves of a mapping that are kept: an undo needs the last one alone. */
const KEPT = 20;

/** A save as pages have it. */
export interface Save {
  readonly id: string;
  readonly mapping: string;
  readonly state: string;
  readonly errors: readonly { readonly record: string | null; readonly message: string }[];
  readonly before: readonly Row[] | null;
  readonly deployId: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly by: string;
}

function savesWhere(org: OrgView, condition: string): readonly Save[] {
  return systemQuery(
    org,
    `SELECT Id, Mapping__c, State__c, Errors__c, Before__c, Deploy_Id__c, CreatedDate, Finished_At__c, CreatedBy.Name
       FROM ${SAVE} WHERE ${condition} ORDER BY CreatedDate DESC, Id DESC`,
  ).map((record) => {
    const text = (field: string): string | null => record[field] as string | null;
    const time = (field: string): string | null => {
      const value = text(field);
      return value === null ? null : new Date(value).toISOString();
    };
    return {
      id: String(record['Id']),
      mapping: String(record['Mapping__c']),
      state: String(record['State__c']),
      errors: JSON.parse(text('Errors__c') ?? '[]') as Save['errors'],
      before: JSON.parse(text('Before__c') ?? 'null') as Save['before'],
      deployId: text('Deploy_Id__c'),
      startedAt: String(time('CreatedDate')),
      finishedAt: time('Finished_At__c'),
      by: (record['CreatedBy'] as { readonly Name: string }).Name,
    };
  });
}

export const saveWithId = (org: OrgView, id: string): Save | undefined =>
  savesWhere(org, `Id = ${bound(id)}`)[0];

export const latestSave = (org: OrgView, mapping: string): Save | undefined =>
  savesWhere(org, `Mapping__c = ${bound(mapping)}`)[0];

/** Rows whose save undoes that of the records: what they were, and new ones switched off. */
export function undoOf(records: readonly Row[], rows: RowsByKey): string | null {
  const undo = records.map(
    (record) =>
      rowLike(record, rows) ?? { ...record, values: { ...record.values, Active__c: false } },
  );
  const text = JSON.stringify(undo);
  return text.length > MAX_LENGTH ? null : text;
}

/** As a DML statement. @throws ApexException */
function done([result]: readonly SaveResult[]): void {
  if (result?.success !== false) return;
  throw new ApexException('System.DmlException', JSON.stringify(result.errors));
}

export function updateSave({ whole }: OrgView, userId: string, record: object): void {
  done(updateRecords(whole, { userId }, [{ type: SAVE, record: { ...record } }], true));
}

function releaseSilent(org: OrgView, userId: string, mapping: string): void {
  const before = new Date(org.time().getTime() - PATIENCE_MS).toISOString();
  const silent = savesWhere(org, `Running__c = ${bound(mapping)} AND CreatedDate < ${before}`);
  for (const { id } of silent) {
    updateSave(org, userId, { Id: id, Running__c: null, State__c: 'failed' });
  }
}

function forgetOld(org: OrgView, userId: string, mapping: string): void {
  const old = savesWhere(org, `Mapping__c = ${bound(mapping)}`).slice(KEPT);
  done(
    deleteRecords(
      org.whole,
      { userId },
      old.map(({ id }) => id),
      true,
    ),
  );
}

/**
 * Opens the save of a mapping; the unique field Running__c lets one run at a time.
 * @returns its id
 * @throws AuraHandledException while another one runs
 */
export function begin(
  org: OrgView,
  userId: string,
  mapping: string,
  before: string | null,
): string {
  releaseSilent(org, userId, mapping);
  const record = {
    ...{ Mapping__c: mapping, Running__c: mapping, State__c: 'running', Before__c: before },
  };
  const [result] = createRecords(org.whole, { userId }, [{ type: SAVE, record }], false);
  if (result?.success === true) {
    forgetOld(org, userId, mapping);
    return result.id;
  }
  if (result?.errors.some(({ statusCode }) => statusCode === 'DUPLICATE_VALUE')) {
    throw refusal('SAVE_RUNNING', latestSave(org, mapping)?.by ?? null);
  }
  throw new ApexException('System.DmlException', JSON.stringify(result?.errors));
}
