import { describe, it } from 'vitest';

/**
 * One test, named after a line of docs/local-org.md.
 * @param text the line without its leading dash, markdown kept; a literal, since it is found in the source
 */
export function statement(text: string, test: () => unknown): void {
  it(text, test);
}

/** A line of docs/local-org.md that takes several tests; they are registered by `tests`. */
statement.group = (text: string, tests: () => void): void => {
  describe(text, tests);
};
