const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18 characters of a record id that is given with 15 or 18.
 * @returns null for anything else, also where the last three do not fit the others
 */
export function recordId18(text: string): string | null {
  if (!/^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(text)) return null;
  const id = text.slice(0, 15);
  // Each of the last three tells which letters are capitals in five of the others.
  const suffix = [0, 5, 10].map((from) => letters[capitalsIn(id, from)]).join('');
  return text.length === 15 || text.slice(15).toUpperCase() === suffix ? `${id}${suffix}` : null;
}

/** Of five letters, as the bits of a number. */
function capitalsIn(id: string, from: number): number {
  const isCapital = (at: number): boolean => /[A-Z]/.test(id.charAt(from + at));
  return [0, 1, 2, 3, 4].reduce((bits, at) => bits + (isCapital(at) ? 2 ** at : 0), 0);
}
