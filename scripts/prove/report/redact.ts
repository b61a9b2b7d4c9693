/** What must not be in a report that is sent on, beside what is known of the run. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[\w.+'-]+@[\w-]+(?:\.[\w-]+)+/g, '[address]'],
  [/\b00D\w{12,15}![\w.]+/g, '[token]'],
  [/\bc[ks]_\w{20,}/g, '[key]'],
];

/** Takes addresses, names of hosts and secrets out of a text. @param known hosts and user names of the run */
export function redacted(text: string, known: readonly string[]): string {
  const names = known.filter((one) => one !== '');
  const bare = names.reduce((left, one) => left.replaceAll(one, '[hidden]'), text);
  return PATTERNS.reduce((left, [pattern, word]) => left.replaceAll(pattern, word), bare);
}
