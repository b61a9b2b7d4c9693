/** A yes in a query or body: `force=true`, `force=1`. */
export function truthy(value: unknown): boolean {
  return value === true || value === 1 || value === 'true' || value === '1';
}
