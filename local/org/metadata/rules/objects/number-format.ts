/** What stands in braces besides the number: parts of the date. */
const dateParts = /\{(YY|YYYY|MM|DD)\}/g;

/** What is wrong with the format of automatic numbers; undefined when it is a good one. */
export function numberFormatProblem(format: string | undefined): string | undefined {
  const rest = (format ?? '').replaceAll(dateParts, '');
  return /^[^{}]*\{0+\}[^{}]*$/.test(rest)
    ? undefined
    : `displayFormat needs one number such as {0000}, and may have {YY}, {YYYY}, {MM} and {DD}: '${format ?? ''}'`;
}
