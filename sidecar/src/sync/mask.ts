const EMAIL = /([^\s@<>"':;,()])[^\s@<>"':;,()]*@/g;

/** The text with e-mail addresses cut to their first letter and host: enough to find one, not to use it. */
export function maskEmails(text: string): string {
  return text.replaceAll(EMAIL, '$1…@');
}
