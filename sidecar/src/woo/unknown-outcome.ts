import { CodedError } from '../errors/coded-error.ts';
import { classOf, sideOf } from '../errors/catalogue.ts';

/** Failures that do not pass by themselves, and that may come when the shop has done what was asked. */
const LOST_ANSWERS: readonly string[] = [
  'WOO_ANSWER_TOO_LARGE',
  'WOO_GATEWAY_FAILED',
  'WOO_GATEWAY_UNEXPECTED',
];

/**
 * A call that must not be repeated, for the shop would do it twice.
 * @param begun the shop has done some of what belongs to it
 * @throws CodedError `WOO_OUTCOME_UNKNOWN` where the shop may have done it, else what the call threw
 */
export async function withKnownOutcome<T>(
  host: string,
  begun: boolean,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof CodedError) || !(begun || mayBeDone(error))) throw error;
    throw new CodedError(
      'WOO_OUTCOME_UNKNOWN',
      `${host} may have done what was asked, or may not: ${error.message}`,
      error.cure,
    );
  }
}

/** An outage on the way there and back; what is about the thing itself was an answer. */
function mayBeDone({ code }: CodedError): boolean {
  return (classOf(code) === 'retry' && sideOf({ code }) !== null) || LOST_ANSWERS.includes(code);
}
