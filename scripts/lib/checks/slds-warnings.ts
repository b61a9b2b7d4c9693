/** What slds-linter counted. */
export interface SldsCount {
  readonly errors: number;
  readonly warnings: number;
}

/** The count in its last lines. @throws Error where there is none */
export function countIn(output: string): SldsCount {
  const [, errors, warnings] = /^(\d+) errors?\s+(\d+) warnings?/m.exec(output) ?? [];
  if (errors === undefined || warnings === undefined) {
    throw new Error(`slds-linter counted nothing:\n${output.slice(-2000)}`);
  }
  return { errors: Number(errors), warnings: Number(warnings) };
}

/** What is wrong with a count; undefined for none. @param recorded warnings that are known */
export function sldsProblem({ errors, warnings }: SldsCount, recorded: number): string | undefined {
  if (errors > 0) return `slds-linter finds ${errors} errors.`;
  if (warnings > recorded) {
    return `slds-linter finds ${warnings} warnings; ${recorded} are known, and none may be added.`;
  }
  return warnings < recorded
    ? `slds-linter finds only ${warnings} warnings: lower the number in config/slds-linter.json from ${recorded}.`
    : undefined;
}
