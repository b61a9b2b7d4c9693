import type { DeployResult } from '../../metadata/deploy/result.ts';
import type { OrgView } from '../../model/org-view.ts';
import { createRecords } from '../../write/batch.ts';
import { updateSave } from './saves.ts';

/** Characters of Errors__c; what is behind them is more of the same. */
const MAX_LENGTH = 131_072;
const MAX_MESSAGE = 500;

/** As `String.abbreviate`. */
const abbreviate = (text: string): string =>
  text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE - 3)}...` : text;

interface Failed {
  readonly record: string | null;
  readonly message: string;
}

/** What a failed deploy says, as much of it as a record of the save holds. */
export function errorsOf({
  details,
  errorMessage,
  status,
}: Pick<DeployResult, 'details' | 'errorMessage' | 'status'>): readonly Failed[] {
  const errors: Failed[] = [];
  let length = 2;
  for (const { fullName, problem } of details.componentFailures) {
    const one = { record: fullName, message: abbreviate(problem ?? '') };
    length += JSON.stringify(one).length + 1;
    if (length > MAX_LENGTH) break;
    errors.push(one);
  }
  if (errors.length > 0) return errors;
  return [{ record: null, message: abbreviate(errorMessage ?? status) }];
}

/** Stands in for the Apex class WooMappingSave. */
export function wooMappingSave(
  org: OrgView,
  userId: string,
  saveId: string,
  result: DeployResult,
): void {
  const isDone = result.status === 'Succeeded';
  updateSave(org, userId, {
    Id: saveId,
    State__c: isDone ? 'done' : 'failed',
    Running__c: null,
    Errors__c: isDone ? null : JSON.stringify(errorsOf(result)),
    Finished_At__c: org.now(),
  });
  if (!isDone) return;
  const record = { Type__c: 'reload' };
  createRecords(org.whole, { userId }, [{ type: 'Woo_Command__c', record }], false);
}
