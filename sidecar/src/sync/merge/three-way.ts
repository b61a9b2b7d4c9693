import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { ConflictRule, FieldValue } from '../../mapping/model/record.ts';
import type { FieldVersions } from '../../ports/two-way-state.ts';
import { digest } from '../model/digest.ts';
import { winnerByRule } from './conflict-rule.ts';

/** One field of a pair, as both sides hold it in canonical form. */
export interface Question {
  readonly direction: 'both' | 'to_woo';
  readonly woo: FieldValue;
  readonly salesforce: FieldValue;
  /** What both held at the last agreement; undefined where there was none. */
  readonly base: FieldVersions | undefined;
  /** What was being written to one of them when work broke off; undefined where nothing was. */
  readonly pending: FieldVersions | undefined;
  readonly rule: ConflictRule;
  /** Which record was changed last, for the rule that asks. */
  readonly newest: 'woo' | 'salesforce';
  /** What a person has decided; null for nothing. */
  readonly decided: 'woo' | 'salesforce' | null;
}

export interface Verdict {
  /** `agree`: both hold the same; `keep`: they differ, and nothing is to be done; `ask`: a person decides. */
  readonly step: 'agree' | 'keep' | 'to_woo' | 'to_salesforce' | 'ask';
  /** Both have changed, or differ where nothing is known of an agreement. */
  readonly conflict: boolean;
}

const AGREE: Verdict = { step: 'agree', conflict: false };
const KEEP: Verdict = { step: 'keep', conflict: false };
const TO_WOO: Verdict = { step: 'to_woo', conflict: false };
const TO_SALESFORCE: Verdict = { step: 'to_salesforce', conflict: false };

/** Stands for the side that nothing is written to, in what is written ahead. */
export const NOT_WRITTEN = '';

/**
 * The three-way merge of one field. A side has changed only against what it held when both were last in step; so
 * a value that one side cannot hold exactly is not written back, and our own writes come back as nothing.
 */
export function decide(question: Question): Verdict {
  const { woo, salesforce, direction, decided } = question;
  if (woo === salesforce) return AGREE;
  const step = lastInStep(question);
  if (step === undefined) return first(question);
  const wooChanged = digest(woo) !== step[0];
  const salesforceChanged = digest(salesforce) !== step[1];
  if (direction === 'to_woo') return salesforceChanged ? TO_WOO : KEEP;
  if (decided !== null && (wooChanged || salesforceChanged)) {
    return decided === 'woo' ? TO_SALESFORCE : TO_WOO;
  }
  if (wooChanged && salesforceChanged) return byRule(question);
  if (wooChanged) return TO_SALESFORCE;
  return salesforceChanged ? TO_WOO : KEEP;
}

/** Of what the shop alone says of a record: it goes back into Salesforce, whoever has changed it, and is no conflict. */
export function decideShops(
  { direction, onlyEdits }: Pick<OutgoingField, 'direction' | 'onlyEdits'>,
  { woo, salesforce }: Pick<Question, 'woo' | 'salesforce'>,
): Verdict {
  if (woo === salesforce) return AGREE;
  return direction === 'both' && onlyEdits !== true ? TO_SALESFORCE : KEEP;
}

/**
 * What both held when they were last in step. A write whose end is not known was carried out where its side holds
 * the value; else it was not, and the other side's change has still to reach it.
 */
export function lastInStep({
  woo,
  salesforce,
  base,
  pending,
}: Pick<Question, 'woo' | 'salesforce' | 'base' | 'pending'>): FieldVersions | undefined {
  if (pending === undefined) return base;
  const [toWoo, toSalesforce] = pending;
  if (digest(woo) === toWoo) return [toWoo, toWoo];
  return digest(salesforce) === toSalesforce ? [toSalesforce, toSalesforce] : base;
}

/** Whether both may be out of step though Salesforce has reported nothing: then it must be asked. */
export function mayDiffer(
  woo: FieldValue,
  { base, pending }: Pick<Question, 'base' | 'pending'>,
): boolean {
  return pending !== undefined || digest(woo) !== base?.[0];
}

/** They meet for the first time: an empty side is filled, and clears nothing. */
function first(question: Question): Verdict {
  const { woo, salesforce, direction, decided } = question;
  if (salesforce === null) return direction === 'both' ? TO_SALESFORCE : KEEP;
  if (direction === 'to_woo' || woo === null) return TO_WOO;
  if (decided !== null) return decided === 'woo' ? TO_SALESFORCE : TO_WOO;
  return byRule(question);
}

function byRule({ rule, newest }: Question): Verdict {
  const winner = winnerByRule(rule, () => newest);
  if (winner === 'ask') return { step: 'ask', conflict: true };
  return { step: winner === 'woo' ? 'to_salesforce' : 'to_woo', conflict: true };
}
