import type { FlowActionCall } from '@salesforce/types/metadata';
import { FormulaProblem, type FormulaType, type Typed, type Value } from '../../formula/formula.ts';
import { typed } from '../../formula/types.ts';
import type { WholeOrg } from '../../model/org-view.ts';

/** A value that an Apex method takes or gives, as a flow sees it. */
export interface InvocableSide {
  readonly name: string;
  /** `Decimal`, `List<String>` */
  readonly type: string;
  readonly isRequired: boolean;
}

/** An Apex method that flows may call. */
export interface Invocable {
  readonly label: string;
  readonly inputs: readonly InvocableSide[];
  readonly outputs: readonly InvocableSide[];
}

/** What a call hands in, or gets back; a collection of texts is JSON. */
export type InvocableValues = ReadonlyMap<string, Value>;

/** The Apex of an org, as its flows reach it. */
export interface Invocables {
  find(className: string): Invocable | undefined;
  /**
   * Calls the method with one request for each of these.
   * @throws FlowFault for what the code does not catch
   */
  invoke(
    className: string,
    requests: readonly InvocableValues[],
    userId: string,
  ): readonly InvocableValues[];
}

const servedBy = new WeakMap<WholeOrg, Invocables>();

/** Lets flows of an org call its Apex. */
export function serveInvocables(org: WholeOrg, invocables: Invocables): void {
  servedBy.set(org, invocables);
}

/** @throws Error where the org runs no Apex */
export function invocablesOf(org: WholeOrg): Invocables {
  const found = servedBy.get(org);
  if (!found) throw new Error('the flows of this org reach no Apex');
  return found;
}

const TYPES: Readonly<Record<string, FormulaType>> = {
  String: 'Text',
  Id: 'Text',
  Boolean: 'Boolean',
  Date: 'Date',
  Datetime: 'Date/Time',
  Integer: 'Number',
  Long: 'Number',
  Double: 'Number',
  Decimal: 'Number',
};

export const isTextList = (type: string): boolean => type === 'List<String>' || type === 'List<Id>';

/** @throws FormulaProblem for a type that flows do not hand over here */
export function typeOfSide({ name, type }: InvocableSide): FormulaType {
  const found = TYPES[type];
  if (found) return found;
  throw new FormulaProblem(
    `The local org hands texts, numbers, checkboxes, dates and collections of text to Apex only: ${name} is a ${type}.`,
  );
}

/** @throws FormulaProblem where there is none */
export function sideNamed(
  sides: readonly InvocableSide[],
  name: string,
  what: string,
): InvocableSide {
  const found = sides.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new FormulaProblem(`The Apex action has no ${what} ${name}`);
}

/** Where a flow keeps what an action gave, which stores its output by itself. */
export const keptAs = (element: string, side: string): string => `${element}.${side}`;

/** A reference to what an Apex action has given: `Ask.total`; undefined where no such action stores it by itself. */
export function storedOutput(
  name: string,
  calls: readonly FlowActionCall[],
  find: (className: string) => Invocable | undefined,
): Typed | undefined {
  const [element = '', side = 'output', ...more] = name.split('.');
  const call = calls.find((one) => one.name === element && one.actionType === 'apex');
  if (call?.storeOutputAutomatically !== true || more.length > 0) return undefined;
  const found = find(call.actionName ?? '')?.outputs;
  const output = sideNamed(found ?? [], side, 'output parameter');
  return typed(typeOfSide(output), (scope) => scope.variable(keptAs(element, output.name)));
}
