import type { Plan } from '../../plan/plan.ts';

/** Standard tabs that belong to no object. */
const standardTabs = new Set([
  'home',
  'report',
  'dashboard',
  'feed',
  'collaborationgroup',
  'contentsearch',
  'file',
  'calendar',
  'task',
  'event',
  'case',
  'campaign',
  'opportunity',
]);

/** Whether a tab of that name is there: a deployed one, or `standard-Account` and the like. */
export function isTab(plan: Plan, name: string): boolean {
  if (plan.has('CustomTab', name)) return true;
  const standard = /^standard-(.+)$/i.exec(name)?.[1];
  if (standard === undefined) return false;
  return standardTabs.has(standard.toLowerCase()) || plan.object(standard)?.kind === 'standard';
}
