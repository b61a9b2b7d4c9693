import { RESOURCE_NAMES } from '../../mapping/model/resources.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { Issue, IssueSeen, UnreportedIssue } from '../../ports/issues.ts';
import { isOfPart } from './issue-group.ts';
import { cut, pageText, type OwnRow } from './own-objects.ts';

/** Characters that the fields of Woo_Sync_Issue__c take. */
export const ISSUE_LENGTHS = {
  Issue_Key__c: 255,
  Store__c: 40,
  Woo_Id__c: 255,
  Salesforce_Object__c: 80,
  Record_Id__c: 18,
  Code__c: 80,
  Field__c: 80,
  Woo_Value__c: 4000,
  Salesforce_Value__c: 4000,
  Reason__c: 4000,
  What_To_Do__c: 4000,
} as const;

/** Code of an issue that was closed without being solved: its mapping is gone. */
export const NOT_MAPPED = 'ISSUE_NOT_MAPPED';

/** An issue as Salesforce has it. */
export interface IssueInOrg {
  readonly state: unknown;
  readonly hasResolution: boolean;
}

/** What {@link issueOfRow} reads. */
export const ISSUE_FIELDS: readonly string[] = [
  ...Object.keys(ISSUE_LENGTHS),
  'Kind__c',
  'Resource__c',
];

/** An issue as Salesforce has it and no state knows it. Parts of an order are tried again with the order's next change. */
export function issueOfRow(row: Readonly<Record<string, unknown>>): IssueSeen {
  const orNull = (field: string) => (typeof row[field] === 'string' ? row[field] : null);
  const text = (field: string) => orNull(field) ?? '';
  const resource = RESOURCE_NAMES.find((name) => name === row['Resource__c']) ?? null;
  const recordKey = `${text('Store__c')}:${text('Woo_Id__c')}`;
  return {
    key: text('Issue_Key__c'),
    store: text('Store__c'),
    resource,
    recordKey,
    kind: text('Kind__c') as IssueSeen['kind'],
    object: text('Salesforce_Object__c'),
    recordId: orNull('Record_Id__c'),
    code: text('Code__c'),
    field: orNull('Field__c'),
    wooValue: orNull('Woo_Value__c'),
    salesforceValue: orNull('Salesforce_Value__c'),
    reason: text('Reason__c'),
    cure: text('What_To_Do__c'),
    retry: 'never',
    change: resource === null ? null : changeFor(resource, recordKey, null),
  };
}

/**
 * The row of Woo_Sync_Issue__c. What a person decided there stays: of an issue that is open there or ignored
 * neither state nor resolution is written before it is resolved; one that was resolved there opens again. One
 * that another stands for is closed, unless a person ignores it.
 * @param there undefined where Salesforce does not have it yet
 */
export function issueRow(issue: UnreportedIssue, there: IssueInOrg | undefined): OwnRow {
  const { store, recordKey } = issue;
  const texts = {
    Store__c: store,
    Woo_Id__c: recordKey.slice(store.length + 1),
    Salesforce_Object__c: issue.object,
    Code__c: issue.code,
    Field__c: issue.field,
    Woo_Value__c: issue.wooValue,
    Salesforce_Value__c: issue.salesforceValue,
    Reason__c: reasonOf(issue),
    What_To_Do__c: pageText(issue.cure),
  };
  const fitting = Object.entries(texts).map(([field, text]) => [
    field,
    text === null ? null : cut(text, ISSUE_LENGTHS[field as keyof typeof texts]),
  ]);
  return {
    Issue_Key__c: issue.key,
    ...(Object.fromEntries(fitting) as OwnRow),
    Kind__c: issue.kind,
    Resource__c: issue.resource,
    Record_Id__c: issue.recordId,
    Attempts__c: issue.attempts,
    First_Seen__c: issue.firstSeen.toISOString(),
    Last_Seen__c: issue.lastSeen.toISOString(),
    ...stateOf(issue, there),
  };
}

function reasonOf(issue: UnreportedIssue): string {
  const { absorbedBy, reason, parts } = issue;
  if (absorbedBy === null) {
    const lines = partLines(parts).map((line) => `\n${line}`);
    // What waits with it is said however long its reason is.
    return cut(reason, ISSUE_LENGTHS.Reason__c - lines.join('').length) + lines.join('');
  }
  return isOfPart(issue)
    ? `It waits for what it is a part of: see the issue ${absorbedBy}. ${reason}`
    : `Counted by the issue ${absorbedBy}, with all that fail in the same way. ${reason}`;
}

/** Parts of one kind that are named. */
const PARTS_SHOWN = 10;

/** What parts are called, one and several. A part of a product is of the same resource. */
const PART_WORDS: Readonly<Record<string, readonly [one: string, several: string]>> = {
  product: ['variation', 'variations'],
  order_item: ['item', 'items'],
  refund: ['refund', 'refunds'],
};

/** What waits with the record of an issue: a line for each kind. */
function partLines(parts: readonly string[]): readonly string[] {
  const kinds = Map.groupBy(parts, (part) => part.slice(0, part.indexOf(' ')));
  return [...kinds].map(([kind, some]) => {
    const names = some.slice(0, PARTS_SHOWN).map((part) => part.slice(kind.length + 1));
    const more = some.length - names.length;
    const [one, several] = PART_WORDS[kind] ?? [`record (${kind})`, `records (${kind})`];
    const waiting = some.length === 1 ? `${one} waits` : `${several} wait`;
    return `With it ${some.length} ${waiting}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
  });
}

function stateOf({ state, absorbedBy, code }: Issue, there: IssueInOrg | undefined): OwnRow {
  if (absorbedBy !== null && there?.state === 'ignored') return {};
  if (state === 'resolved' || absorbedBy !== null) {
    const keepsResolution = there?.hasResolution === true || code === NOT_MAPPED;
    return { State__c: 'resolved', ...(!keepsResolution && { Resolution__c: 'by_itself' }) };
  }
  if (there === undefined) return { State__c: state };
  return there.state === 'resolved' ? { State__c: state, Resolution__c: null } : {};
}
