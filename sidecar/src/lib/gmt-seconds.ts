/** A time as WooCommerce writes it in GMT: whole seconds, no zone. */
export function secondOf(time: Date): string {
  return time.toISOString().slice(0, 19);
}

export function secondsBefore(second: string, seconds: number): string {
  return secondOf(new Date(Date.parse(`${second}Z`) - seconds * 1000));
}
