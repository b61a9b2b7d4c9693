/** What the benchmark hands to the program that it starts. */
export function given(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: npm run bench starts this program.`);
  return value;
}
