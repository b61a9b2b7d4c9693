import { FormulaProblem } from '../formula/formula.ts';

/** Where in a flow's file: the n-th element of a name, and so on inwards. */
export type Place = readonly (readonly [element: string, index: number])[];

/** What is wrong with a flow, and where. */
export interface FlowProblem {
  readonly message: string;
  readonly at: Place;
}

/** Collects what is wrong, so that one deploy tells all of it. */
export class Problems {
  readonly found: FlowProblem[] = [];

  add(message: string, ...at: Place): void {
    this.found.push({ message, at });
  }

  /** The result of the work; undefined when it met a problem. */
  catch<T>(at: Place, work: () => T, prefix = ''): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof FormulaProblem)) throw error;
      this.add(prefix + error.message, ...at);
      return undefined;
    }
  }
}
