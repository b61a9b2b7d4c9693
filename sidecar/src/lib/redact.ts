const EMAIL = /([^\s@<>"':;,()])[^\s@<>"':;,()]*@/g;

/** The text with e-mail addresses cut to their first letter and host: enough to find one, not to use it. */
export function maskEmails(text: string): string {
  return text.replaceAll(EMAIL, '$1…@');
}

/** What Salesforce says in front of a value that it quotes, and behind it. */
const QUOTED: readonly (readonly [RegExp, string])[] = [
  [/(data value too large): .*( \(max length=\d+\))/gs, '$1$2'],
  [/(invalid email address): .*/gis, '$1'],
  [/(bad value for restricted picklist field): .*/gis, '$1'],
  [/ from VALUE_\w+ value .*( or request)/gs, '$1'],
];

/** An error message of Salesforce without the value that it quotes: names and addresses of customers. */
export function withoutValue(message: string): string {
  return QUOTED.reduce((text, [pattern, rest]) => text.replace(pattern, rest), message);
}

/** The address without user, password, query and fragment, in which people put passwords and keys. */
export function plainAddress(url: string): string {
  if (/^https?:/i.test(url) && URL.canParse(url)) {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname}`.replace(/\/+$/, '');
  }
  return url.replace(/^.*@/s, '').replace(/[?#].*$/s, '');
}
