import { UNLIMITED } from '../../src/engine/budget/allowance.ts';

/** Of stores whose API calls are not limited. */
export const unlimitedBudgets = { allowance: () => UNLIMITED };
