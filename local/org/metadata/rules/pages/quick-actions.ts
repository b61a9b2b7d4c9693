import { splitName, type Plan } from '../../plan/plan.ts';
import { notFound } from '../rule.ts';

/** Quick actions that every org has. */
const standardActions = new Set([
  'LogACall',
  'NewTask',
  'NewEvent',
  'NewNote',
  'NewContact',
  'NewAccount',
  'NewLead',
  'NewOpportunity',
  'NewCase',
  'NewGroup',
  'SendEmail',
]);

/** Whether there is a quick action of that name: `Woo_Order__c.Edit`, `NewTask`, `FeedItem.TextPost`. */
const isQuickAction = (plan: Plan, name: string): boolean =>
  plan.has('QuickAction', name) ||
  standardActions.has(name) ||
  /^FeedItem\.\w+$/.test(name) ||
  (name.startsWith('Global.') && standardActions.has(name.slice('Global.'.length)));

/** Why a page or layout of an object cannot offer a quick action; undefined when it can. */
export function actionProblem(
  plan: Plan,
  name: string,
  object: string,
  element: string,
): string | undefined {
  if (!isQuickAction(plan, name)) return notFound(element, 'QuickAction', name);
  const owner = plan.has('QuickAction', name) ? splitName(name).object : '';
  return owner === '' || owner.toLowerCase() === object.toLowerCase()
    ? undefined
    : `The quick action ${name} is not one of ${object}`;
}
