import { problemAt } from '../../xml/read-typed.ts';
import { itemsOf } from './page-items.ts';
import { isQuickAction } from './quick-actions.ts';
import { notFound, type Rule } from '../rule.ts';

/** Buttons of records that need no action of their own: `Edit`, `Delete`, `Clone` … */
const buttons = new Set([
  ...['Edit', 'Delete', 'Clone', 'Share', 'Submit', 'ChangeOwnerOne', 'ChangeRecordType'],
  ...['PrintableView', 'ManageMembers', 'Follow', 'XClean', 'Convert', 'RecordShareHierarchy'],
]);

/** The actions in the highlights panel of a page are buttons or quick actions that are there. */
export const actionNamesExist: Rule<'FlexiPage'> = (draft, plan) =>
  itemsOf(draft)
    .flatMap(({ properties }) => properties.filter(({ name }) => name === 'actionNames'))
    .flatMap(({ values, place }) =>
      values
        .filter((name) => !buttons.has(name) && !isQuickAction(plan, name))
        .map((name) => problemAt(place, notFound('actionNames', 'QuickAction', name))),
    );
