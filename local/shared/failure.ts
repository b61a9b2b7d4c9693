/** Says why a command ends, and makes its exit code 1. */
export function reportFailure(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const isUsage =
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
  console.error(isUsage ? `${message}\n--help lists the options.` : `${message}${cureOf(error)}`);
  process.exitCode = 1;
}

/** Coded errors say what to do beside what is wrong. */
function cureOf(error: unknown): string {
  if (!(error instanceof Error) || !('cure' in error) || !('code' in error)) return '';
  return `\n${String(error.cure)} (${String(error.code)})`;
}
