import type { ApexIssue } from './run.ts';

/** Said of loops without an end too, behind which nothing is reached: the org's own compiler looks for missing returns. */
const RETURNS = 'Code path does not return a value';

/**
 * What of a report counts where the org's own compiler has taken the Apex. That has found each name, and may know newer
 * ones than apex-ls. Of Apex that apex-ls cannot read, it knows too little to judge what uses it.
 */
export function refusedOf(issues: readonly ApexIssue[]): readonly ApexIssue[] {
  if (issues.some(({ category }) => category === 'Syntax')) return [];
  return issues.filter(({ category, message }) => category === 'Error' && message !== RETURNS);
}
