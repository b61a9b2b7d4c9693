import { CodedError } from '../errors/coded-error.ts';

/** Milliseconds. Shops and Salesforce wait for 60 s, and a shop sends nothing else meanwhile. */
const longest = 20_000;

/**
 * Waits until what came in is durable.
 * @throws CodedError `STATE_UNREACHABLE` when it takes too long
 */
export async function storedInTime(work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(
      new CodedError(
        'STATE_UNREACHABLE',
        `The state did not take a change event within ${longest / 1000} s.`,
        'See whether the database answers and how busy it is. The sweep finds what was missed.',
      ),
    );
  }, longest);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
