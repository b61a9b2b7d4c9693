import type { FormulaScope, Typed, Value } from '../formula/formula.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { FlowFault } from './fault.ts';
import { inside, type Outcome, type Work } from './parts/together.ts';
import type { ActionInputs, StandardAction } from './sending/action.ts';
import type { InvocableValues } from './sending/invocables.ts';

/** When a flow runs: before or after a save, or when something starts it by its name. */
export type Timing = 'before' | 'after' | 'launched';

/** Which saves start a flow, as its file says. */
export type Starts = 'Create' | 'Update' | 'CreateAndUpdate';

/** A record that a flow has read: values by the names of its fields, `Id` among them. */
export type FlowRecord = ReadonlyMap<string, Value>;

/** Records that a flow asks for. */
export interface Lookup {
  readonly object: ObjectDefinition;
  readonly fields: readonly FieldDefinition[];
  readonly soql: string;
}

/** A record that a flow makes. */
export interface Creation {
  readonly object: ObjectDefinition;
  readonly values: ReadonlyMap<FieldDefinition, Value>;
}

/** Records that a flow gives values. */
export interface Update extends Creation {
  readonly ids: readonly string[];
}

/** What a running flow may do; before a save it changes the record, after it sends messages. */
export interface Interview {
  /** Another one after each assignment: what was computed with the old one holds no more. */
  readonly scope: FormulaScope;
  setVariable(name: string, value: Value): void;
  setField(field: FieldDefinition, value: Value): void;
  /**
   * @param message full name, such as `Product2.Woo_Product`
   * @throws FlowFault where the org cannot send
   */
  send(message: string): void;
  /** @throws FlowFault where the org refuses what the action is given */
  perform(action: StandardAction, inputs: ActionInputs): void;
  /**
   * Calls the Apex method of a class once.
   * @returns what it gives
   * @throws FlowFault for what its code does not catch
   */
  invoke(
    className: string,
    requests: readonly InvocableValues[],
  ): readonly Outcome<InvocableValues>[];
  /**
   * Runs another flow inside this one.
   * @returns the values of its output variables
   * @throws FlowFault where it is switched off
   */
  call(flow: string, inputs: ReadonlyMap<string, Value>): Work<Readonly<Record<string, Value>>>;
  /** Records and places in them that loops go through, by the names of their elements. */
  readonly collections: Map<string, readonly FlowRecord[]>;
  readonly positions: Map<string, number>;
  /** One query; a fault where the user may not, or it cannot be asked. */
  find(lookups: readonly Lookup[]): readonly Outcome<readonly FlowRecord[]>[];
  /**
   * One statement; a fault where the org refuses the record.
   * @returns the ids of the new records
   */
  create(records: readonly Creation[]): readonly Outcome<string>[];
  /** One statement; a fault where the org refuses a record of a change: then none of that change is written. */
  update(changes: readonly Update[]): readonly Outcome<void>[];
}

type Next = string | undefined;

/** Does what one element says and names the next; undefined ends the flow. */
export type Step = (interview: Interview) => Next | Work<Next>;

/** The elements of a flow that a deploy has checked, ready to run. */
export interface Steps {
  readonly label: string;
  /** Elements that an interview executes at most; a circle of connectors ends here. */
  readonly elementLimit: number;
  readonly first: string | undefined;
  readonly steps: ReadonlyMap<string, Step>;
  /** Start values of the variables. */
  readonly variables: ReadonlyMap<string, Typed>;
}

/** A path that runs some time after a date/time field of the record, or, without one, right after the save. */
export interface TimedPath {
  readonly name: string;
  readonly first: string | undefined;
  readonly field: FieldDefinition | undefined;
  /** Milliseconds; negative for before. */
  readonly offset: number;
}

/** A flow that saves start. */
export interface CompiledFlow extends Steps {
  /** API name of the object whose saves start it. */
  readonly object: string;
  readonly timing: 'before' | 'after';
  readonly starts: Starts;
  /** Flows of an object run in the order of these numbers. */
  readonly order: number;
  readonly entry: (scope: FormulaScope) => boolean;
  /** Only records that did not meet the entry conditions before the save start it. */
  readonly onlyWhenMet: boolean;
  readonly paths: readonly TimedPath[];
}

/** Executed elements are counted before this API version. */
const uncountedVersion = 57;

/**
 * How many elements an interview executes at most. From API version 57.0 on the platform counts CPU time instead, 10
 * seconds; a number stands in for it here, so that nothing depends on speed.
 */
export const elementLimitOf = (apiVersion = 0): number =>
  apiVersion < uncountedVersion ? 2000 : 100_000;

export const startsWith = ({ starts }: CompiledFlow, isNew: boolean): boolean =>
  starts === 'CreateAndUpdate' || starts === (isNew ? 'Create' : 'Update');

/**
 * Runs the elements of a flow to its end.
 * @param given values of variables in place of their start values
 * @throws FlowFault or FormulaFault when it cannot go on
 */
export function* runSteps(
  flow: Steps,
  interview: Interview,
  given: ReadonlyMap<string, Value> = new Map(),
): Work<void> {
  for (const [name, start] of flow.variables) {
    interview.setVariable(name, given.get(name) ?? start.run(interview.scope));
  }
  let at = flow.first;
  for (let executed = 0; at !== undefined; executed++) {
    if (executed === flow.elementLimit) {
      throw new FlowFault(
        `Number of iterations exceeded: the flow has executed ${executed} elements.`,
      );
    }
    const step = flow.steps.get(at);
    if (!step) throw new Error(`The flow ${flow.label} has no element ${at}`);
    const done = step(interview);
    at = typeof done === 'object' ? yield* inside(at, done) : done;
  }
}
