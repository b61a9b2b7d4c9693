import type { Trace } from '../../mapping/model/trace.ts';
import type { LeadExplanation } from './lead.ts';
import type { Action } from './next-action.ts';

/** How a value is shown on one line. */
export type Show = (value: unknown) => string;

/** Items and refunds that are shown in full before they become one line each. */
export const IN_FULL = 8;

/** What would become of a record, as the end of a sentence. */
export const ACTIONS: Readonly<Record<Action, string>> = {
  none: 'stays out of Salesforce',
  refused: 'is refused',
  create: 'would be created',
  adopt: 'would go to a record that Salesforce has already',
  ambiguous: 'is not written: several records may be meant',
  update: 'would be updated',
  unchanged: 'is left as it is',
  unknown: 'would be updated if it differs from what was last written',
  unseen: 'cannot be said here',
  left: 'is not looked after any more',
  delete_rule: 'is handled by the delete rule',
};

export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** The conditions of a mapping and what they made of the record, a line each. */
export function conditionLines({ conditions, logic, met }: Trace, show: Show): readonly string[] {
  if (conditions.length === 0) return ['It has no conditions: every record is wanted.'];
  return [
    `Conditions${logic === null ? '' : ` (${logic})`}: ${met ? 'met' : 'not met'}`,
    ...conditions.map(({ position, attribute, operator, expected, otherAttribute, ...rest }) => {
      const { actual, met: one } = rest;
      const named = otherAttribute === null ? '' : `${otherAttribute}, which is `;
      const isAlone = expected === '' && otherAttribute === null;
      const asks = isAlone ? operator : `${operator} ${named}${show(expected)}`;
      return `  ${position}. ${attribute} ${asks}: ${one ? 'yes' : 'no'}, it is ${show(actual)}`;
    }),
  ];
}

/** What would become of the lead of the buyer, on one line; nothing where nobody asked. */
export function leadLines(lead: LeadExplanation | null): readonly string[] {
  if (lead === null) return [];
  const { rule, why, code } = lead;
  const refusal = code === null ? '' : `${code}: `;
  return ['', `Lead of the buyer (Lead Rule: ${rule}): ${refusal}${why}`];
}

/** A value whose text is in hand; absent and empty are told apart. */
export function shownBy(textOf: (text: string) => string): Show {
  return (value) => {
    if (value === undefined) return '(absent)';
    if (value === null) return '(empty)';
    return textOf(typeof value === 'string' ? `"${value}"` : JSON.stringify(value));
  };
}
