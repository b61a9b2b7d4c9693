/**
 * The value of a command's option.
 * @throws Error that names the option, the value and what it may be
 */
export function wholeNumber(name: string, text: string, most: number, least = 0): number {
  if (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw new Error(`${name} is "${text}": give a whole number from ${least} to ${most}.`);
}
