/** Says why a command ends, and makes its exit code 1. */
export function reportFailure(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const isUsage =
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
  console.error(isUsage ? `${message}\n--help lists the options.` : message);
  process.exitCode = 1;
}
