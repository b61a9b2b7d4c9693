import type { FormulaScope, Typed, Value } from '../formula/formula.ts';
import type { FieldDefinition } from '../model/schema.ts';

/** Which saves start a flow, as its file says. */
export type Starts = 'Create' | 'Update' | 'CreateAndUpdate';

/** What a running flow may do; before a save it changes the record, after it sends messages. */
export interface Interview {
  /** Another one after each assignment: what was computed with the old one holds no more. */
  readonly scope: FormulaScope;
  setVariable(name: string, value: Value): void;
  setField(field: FieldDefinition, value: Value): void;
  /** @param message full name, such as `Product2.Woo_Product` */
  send(message: string): void;
}

/** Does what one element says and names the next; undefined ends the flow. */
export type Step = (interview: Interview) => string | undefined;

/** A flow that a deploy has checked, ready to run. */
export interface CompiledFlow {
  readonly label: string;
  /** API name of the object whose saves start it. */
  readonly object: string;
  readonly timing: 'before' | 'after';
  readonly starts: Starts;
  /** Flows of an object run in the order of these numbers. */
  readonly order: number;
  readonly entry: (scope: FormulaScope) => boolean;
  readonly first: string | undefined;
  readonly steps: ReadonlyMap<string, Step>;
  /** Start values of the variables. */
  readonly variables: ReadonlyMap<string, Typed>;
}

/** A flow that could not go on; the record is refused. */
export class FlowFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FlowFault';
  }
}

/** More elements than this run in no interview; a circle of connectors ends here. */
const elementLimit = 2000;

export const startsWith = ({ starts }: CompiledFlow, isNew: boolean): boolean =>
  starts === 'CreateAndUpdate' || starts === (isNew ? 'Create' : 'Update');

/**
 * Runs a flow, when the record meets its entry conditions.
 * @throws FlowFault or FormulaFault when it cannot go on
 */
export function runFlow(flow: CompiledFlow, interview: Interview): void {
  if (!flow.entry(interview.scope)) return;
  for (const [name, start] of flow.variables) {
    interview.setVariable(name, start.run(interview.scope));
  }
  let at = flow.first;
  for (let executed = 0; at !== undefined; executed++) {
    if (executed === elementLimit) {
      throw new FlowFault(
        `Number of iterations exceeded: the flow has executed ${elementLimit} elements.`,
      );
    }
    const step = flow.steps.get(at);
    if (!step) throw new Error(`The flow ${flow.label} has no element ${at}`);
    at = step(interview);
  }
}
