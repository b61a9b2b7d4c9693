import type { CodedError } from '../../errors/coded-error.ts';
import type { Problem } from '../../mapping/model/config-rows.ts';

/**
 * `error`: it does not work, or not as configured; `warning`: it works, but hardly as meant; `hint`: what a
 * look at a few records suggests, which says nothing for sure and so never fails a check.
 */
export type Severity = 'error' | 'warning' | 'hint';

/** One thing that is wrong or worth a look, with what to do about it. */
export interface Finding {
  readonly severity: Severity;
  /** Stable code such as `GRANT_DELETE`. */
  readonly code: string;
  /** Developer name of the record at fault, key of the store, or what else it is about. */
  readonly place: string;
  readonly message: string;
  readonly cure: string;
}

type Details = Omit<Finding, 'severity'>;

export function error(details: Details): Finding {
  return { severity: 'error', ...details };
}

export function warning(details: Details): Finding {
  return { severity: 'warning', ...details };
}

export function hint(details: Details): Finding {
  return { severity: 'hint', ...details };
}

/** What compiling the mappings found. */
export function ofProblem({ code, place, message, cure, fatal }: Problem): Finding {
  return { severity: fatal ? 'error' : 'warning', code, place, message, cure };
}

export function ofError(place: string, { code, message, cure }: CodedError): Finding {
  return error({ code, place, message, cure });
}
