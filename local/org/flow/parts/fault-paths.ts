import type { FlowRecordLookup } from '@salesforce/types/metadata';
import { targetOf, type Surroundings } from '../elements.ts';
import { FlowFault } from '../fault.ts';
import type { Interview } from '../flow.ts';
import type { Place } from '../problems.ts';
import { faultMessage } from '../references.ts';
import type { Work } from './together.ts';

/** Where an element leads when it has done its work, and when it could not. */
interface Paths {
  readonly next: string | undefined;
  readonly fault: string | undefined;
}

export function pathsOf(
  { connector, faultConnector }: Pick<FlowRecordLookup, 'connector' | 'faultConnector'>,
  at: Place,
  around: Surroundings,
): Paths {
  return {
    next: targetOf(connector, at, around),
    fault: targetOf(faultConnector, at, around, 'faultConnector'),
  };
}

/** A fault takes the fault path, and ends the flow where there is none. */
export function* attempt(
  interview: Interview,
  { next, fault }: Paths,
  work: () => Work<void> | void,
): Work<string | undefined> {
  try {
    const done = work();
    if (done) yield* done;
    return next;
  } catch (error) {
    if (!(error instanceof FlowFault) || fault === undefined) throw error;
    interview.setVariable(faultMessage, error.message);
    return fault;
  }
}
