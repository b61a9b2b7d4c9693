import type { LookupTrace, Trace } from '../../mapping/model/trace.ts';
import type { Action } from './next-action.ts';
import type { MappingExplanation } from './explain.ts';

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
    ...conditions.map(({ position, attribute, operator, expected, actual, met: one }) => {
      const asks = expected === '' ? operator : `${operator} ${show(expected)}`;
      return `  ${position}. ${attribute} ${asks}: ${one ? 'yes' : 'no'}, it is ${show(actual)}`;
    }),
  ];
}

/** What a lookup would be written as: the record that it leads to, and whether that is there. */
export function lookupWritten(
  { field, object, key }: LookupTrace,
  { references }: MappingExplanation,
  show: Show,
): string {
  if (typeof key !== 'string') return show(key);
  const referred = references.find((reference) => reference.field === field);
  const there =
    referred?.recordId ?? (referred?.explained ? 'written before it' : 'not in Salesforce');
  return `${object} ${key} (${there})`;
}

/** What Salesforce holds of the field now; null where that is not known. */
export function heldNow(
  field: string,
  { beside, recordId }: MappingExplanation,
  show: Show,
): string | null {
  const there = beside.find((one) => one.field === field);
  if (recordId === null || there === undefined) return null;
  return there.same === true ? 'the same' : show(there.now);
}

/** A value whose text is in hand; absent and empty are told apart. */
export function shownBy(textOf: (text: string) => string): Show {
  return (value) => {
    if (value === undefined) return '(absent)';
    if (value === null) return '(empty)';
    return textOf(typeof value === 'string' ? `"${value}"` : JSON.stringify(value));
  };
}
