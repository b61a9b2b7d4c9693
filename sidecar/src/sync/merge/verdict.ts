import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { SyncBase } from '../../ports/two-way-state.ts';
import type { Planned } from '../model/record.ts';
import { decideShared, isTyped } from './edits-to-all.ts';
import { newestOf } from './conflict-rule.ts';
import type { Resolutions } from './resolutions.ts';
import { decide, decideShops, lastInStep, type Question, type Verdict } from './three-way.ts';

/** What else decides of a pair. */
export interface Circumstances {
  readonly row: Planned;
  readonly held: OrgRow;
  readonly decided: Resolutions;
  /** What is known of the pair to which the record belongs, where it is another one. */
  readonly owner: SyncBase | undefined;
  /** Whether Salesforce has reported an edit. */
  readonly told: boolean;
  /** Whether a person has changed the record last, and nothing is known of it since the state was lost. */
  readonly mayBeTyped: boolean;
  /** Whether we have changed it last, and nothing is known of it since: most likely the shop alone has changed what differs. */
  readonly isOurs: boolean;
}

export function verdictOf(
  { row, held, decided, owner, told, isOurs }: Circumstances,
  field: OutgoingField,
  sides: Pick<Question, 'woo' | 'salesforce' | 'base' | 'pending'>,
): Verdict {
  const { direction } = field;
  if (field.isShops?.(row.record) === true) return decideShops(field, sides);
  if (field.onlyEdits) {
    const { woo, salesforce } = sides;
    const typed = direction === 'to_woo' || isTyped(field, salesforce, owner);
    return decideShared({ woo, salesforce, step: lastInStep(sides), typed, told });
  }
  const { conflictRule } = row.mapping;
  const isShops = isOurs && conflictRule !== 'ask' && lastInStep(sides) === undefined;
  const verdict = decide({
    ...sides,
    direction,
    rule: isShops ? 'woo_wins' : conflictRule,
    newest: newestOf(row, held),
    decided: decided.of(row, field),
  });
  const isTakenBack = verdict.step === 'to_woo' && decided.takesBack(row, field);
  return isTakenBack ? { step: 'to_salesforce', conflict: false } : verdict;
}
