import { describe, it } from 'vitest';

/**
 * One test, named after a line of docs/local-org.md.
 * @param timeoutMs for tests that run other programs; else the project's
 * @param text the line without its leading dash, markdown kept; a literal, since it is found in the source
 */
export function statement(text: string, test: () => unknown, timeoutMs?: number): void {
  it(text, timeoutMs === undefined ? {} : { timeout: timeoutMs }, test);
}

/** A line of docs/local-org.md that takes several tests; they are registered by `tests`. */
statement.group = (text: string, tests: () => void): void => {
  describe(text, tests);
};
