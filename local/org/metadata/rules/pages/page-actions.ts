import { problemAt } from '../../xml/read-typed.ts';
import { itemsOf } from './page-items.ts';
import { actionProblem } from './quick-actions.ts';
import type { Rule } from '../rule.ts';

/** Buttons of records that need no action of their own: `Edit`, `Delete`, `Clone` … */
const buttons = new Set([
  'Edit',
  'Delete',
  'Clone',
  'Share',
  'Submit',
  'ChangeOwnerOne',
  'ChangeRecordType',
  'PrintableView',
  'ManageMembers',
  'Follow',
  'XClean',
  'Convert',
  'RecordShareHierarchy',
]);

/** The actions in the highlights panel of a page are buttons or quick actions of its object, or of none. */
export const actionNamesFit: Rule<'FlexiPage'> = (draft, plan) =>
  itemsOf(draft)
    .flatMap(({ properties }) => properties.filter(({ name }) => name === 'actionNames'))
    .flatMap(({ values, place }) =>
      values
        .filter((name) => !buttons.has(name))
        .flatMap((name) => {
          const wrong = actionProblem(plan, name, draft.body.sobjectType ?? '', 'actionNames');
          return wrong === undefined ? [] : [problemAt(place, wrong)];
        }),
    );
