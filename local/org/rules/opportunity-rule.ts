import type { ObjectRule } from '../model/object-rule.ts';

const WON = 'Closed Won';
const LOST = 'Closed Lost';

/** The stage says whether an opportunity is closed, and won. Stages of one's own are open: nothing here closes them. */
export const opportunityRule: ObjectRule = {
  check({ values }) {
    const stage = values.get('StageName');
    if (typeof stage !== 'string') return undefined;
    values.set('IsClosed', stage === WON || stage === LOST ? 1 : 0);
    values.set('IsWon', stage === WON ? 1 : 0);
    return undefined;
  },
};
