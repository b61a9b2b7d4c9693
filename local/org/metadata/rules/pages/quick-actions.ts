import type { Plan } from '../../plan/plan.ts';

/** Quick actions that every org has. */
const standardActions = new Set([
  ...['LogACall', 'NewTask', 'NewEvent', 'NewNote', 'NewContact', 'NewAccount', 'NewLead'],
  ...['NewOpportunity', 'NewCase', 'NewGroup', 'SendEmail'],
]);

/** Whether there is a quick action of that name: `Woo_Order__c.Edit`, `NewTask`, `FeedItem.TextPost`. */
export const isQuickAction = (plan: Plan, name: string): boolean =>
  plan.has('QuickAction', name) ||
  standardActions.has(name) ||
  /^FeedItem\.\w+$/.test(name) ||
  (name.startsWith('Global.') && standardActions.has(name.slice('Global.'.length)));
