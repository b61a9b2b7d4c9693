import type { DeployResult } from '../../metadata/deploy/result.ts';
import type { OrgView } from '../../model/org-view.ts';
import { createRecords } from '../../write/batch.ts';
import { updateSave } from './saves.ts';

/** Of 131,072 characters; the rest of a message is more of the same. */
const MAX_ERRORS = 200;
const MAX_MESSAGE = 500;

/** As `String.abbreviate`. */
const abbreviate = (text: string): string =>
  text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE - 3)}...` : text;

function errorsOf({ details, errorMessage, status }: DeployResult) {
  const errors = details.componentFailures
    .slice(0, MAX_ERRORS)
    .map(({ fullName, problem }) => ({ record: fullName, message: abbreviate(problem ?? '') }));
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
