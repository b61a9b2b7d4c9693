import { recordId18 } from '../../mapping/keys/record-id.ts';
import type { OrgRow } from '../../ports/org.ts';
import { keyWithoutAddress } from '../report/issue-key.ts';
import type { MatchQueries, MatchResults } from './match-queries.ts';

/** What a person has decided of a record of the shop before it came to the org, and the row that says so. */
export type Choice = { readonly rowId: string } & (
  | { readonly kind: 'create' }
  | { readonly kind: 'leave_out' }
  | { readonly kind: 'use'; readonly recordId: string }
  /** A row that says none of these, such as one of a later version. */
  | { readonly kind: 'unreadable' }
);

/** Where choices are kept, each for one record of the shop in one object of the org. */
const CHOICES = { object: 'Woo_Match__c', field: 'Match_Key__c', caseSensitive: true } as const;
const COLUMNS = ['Decision__c', 'Record_Id__c'] as const;

/** What identifies a choice. It holds no e-mail address. */
export function choiceKey(object: string, key: string): string {
  return `${object} ${keyWithoutAddress(key)}`;
}

/** What is said of a choice that cannot be carried out. */
export function refusal(object: string, key: string, why: string) {
  const message = `The Woo Match record with the key "${choiceKey(object, key)}" decides of it, but ${why}. Nothing was written.`;
  return { code: 'MATCH_CHOICE_REFUSED', message } as const;
}

export function askChoice(questions: MatchQueries, object: string, key: string): void {
  questions.askFor(CHOICES, COLUMNS, choiceKey(object, key));
}

/** @returns null where nobody has decided, and the rules do */
export function choiceIn(answers: MatchResults, object: string, key: string): Choice | null {
  const [row] = answers.rowsOf(CHOICES, choiceKey(object, key));
  return row === undefined ? null : toChoice(row);
}

function toChoice({ Id, Decision__c: kind, Record_Id__c: given }: OrgRow): Choice {
  const rowId = String(Id);
  if (kind === 'create' || kind === 'leave_out') return { rowId, kind };
  // A text that is no id would have the whole query refused.
  const recordId = typeof given === 'string' ? recordId18(given) : null;
  return kind === 'use' && recordId !== null
    ? { rowId, kind, recordId }
    : { rowId, kind: 'unreadable' };
}
