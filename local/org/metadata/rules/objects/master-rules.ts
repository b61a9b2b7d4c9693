import { splitName, type Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { refuse, type Rule } from '../rule.ts';

type FieldRule = Rule<'CustomField'>;

const objectOf = (draft: DraftOf<'CustomField'>): string => splitName(draft.fullName).object;

const detailIsCustom: FieldRule = (draft, plan) => {
  const object = objectOf(draft);
  return draft.body.type === 'MasterDetail' && plan.object(object)?.kind === 'standard'
    ? refuse(draft, `The standard object ${object} can't be the detail of another object`, 'type')
    : [];
};

const masterCanBeOne: FieldRule = (draft) => {
  const { type, referenceTo = '' } = draft.body;
  if (type !== 'MasterDetail') return [];
  const master = referenceTo.toLowerCase();
  return ['user', 'lead', objectOf(draft).toLowerCase()].includes(master)
    ? refuse(draft, `${referenceTo} can't be the master of ${objectOf(draft)}`, 'referenceTo')
    : [];
};

/** How many masters stand above an object, one above the other. */
function depthOf(plan: Plan, name: string, below: ReadonlySet<string> = new Set()): number {
  const key = name.toLowerCase();
  if (below.has(key)) return Infinity;
  const masters = (plan.object(name)?.fields ?? [])
    .filter((field) => field.masterDetail && field.custom)
    .flatMap((field) => field.referenceTo);
  const seen = new Set([...below, key]);
  return masters.reduce((depth, one) => Math.max(depth, depthOf(plan, one, seen) + 1), 0);
}

const chainIsShort: FieldRule = (draft, plan) => {
  const { type, referenceTo = '' } = draft.body;
  if (type !== 'MasterDetail' || depthOf(plan, objectOf(draft)) <= 3) return [];
  return refuse(
    draft,
    `Master-detail relationships go three levels down; ${objectOf(draft)} below ${referenceTo} is ` +
      'a fourth, or a circle',
    'referenceTo',
  );
};

const orderIsGood: FieldRule = (draft) => {
  const { type, relationshipOrder } = draft.body;
  if (relationshipOrder === undefined) return [];
  if (type !== 'MasterDetail') {
    const message = `Can not specify 'relationshipOrder' for a CustomField of type ${type ?? ''}`;
    return refuse(draft, message, 'relationshipOrder');
  }
  return relationshipOrder === 0 || relationshipOrder === 1
    ? []
    : refuse(
        draft,
        `relationshipOrder is 0 for the first master and 1 for the second, not ${relationshipOrder}`,
        'relationshipOrder',
      );
};

/**
 * A real org takes a master-detail field without a word on reparenting, and then refuses each update
 * that names the parent, as an upsert by key does. So the file has to say what is meant.
 */
const reparentingIsSaid: FieldRule = (draft, plan) => {
  const { type, reparentableMasterDetail } = draft.body;
  if (type !== 'MasterDetail' || reparentableMasterDetail !== undefined) return [];
  const hasKey = plan.object(objectOf(draft))?.fields.some((field) => field.externalId) ?? false;
  return hasKey
    ? refuse(
        draft,
        `Must specify 'reparentableMasterDetail' for ${draft.fullName}: ${objectOf(draft)} has an ` +
          'external id, and an upsert that names the parent of a record that is there fails ' +
          'unless it is true. Write true, or false where the parent is never sent again.',
      )
    : [];
};

/** What a master-detail relationship must fulfil. */
export const masterRules: readonly FieldRule[] = [
  detailIsCustom,
  masterCanBeOne,
  chainIsShort,
  orderIsGood,
  reparentingIsSaid,
];
