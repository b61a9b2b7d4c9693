/** Why a value does not fit: a code and the rest of a sentence that starts with the attribute. */
export class Refusal {
  readonly code: string;
  readonly reason: string;

  constructor(code: string, reason: string) {
    this.code = code;
    this.reason = reason;
  }
}

/** A value in quotes, cut to what helps; lists and objects are described instead. */
export function quoted(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const shown = String(value);
  return `"${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown}"`;
}
