/** WordPress replaces the e-mail address of an erased person by deleted@site.invalid. */
const ANONYMISED = /@site\.invalid$/;

/** The address trimmed and in lower case; null where there is none that tells people apart. */
export function usableEmail(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const email = value.trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+$/.test(email) && !ANONYMISED.test(email) ? email : null;
}

/** What precedes the @ of an e-mail address. */
export function localPart(email: string): string {
  return email.split('@', 1)[0] ?? '';
}
