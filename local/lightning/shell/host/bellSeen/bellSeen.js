/**
 * Which notification is the newest that was looked at. An org that was made anew at the same address counts from the
 * beginning: what was seen of the one before it is above all of its own.
 * @param {number} seen as the browser keeps it
 * @param {{ number: number }[]} notifications newest first
 */
export function seenOf(seen, [newest]) {
  return newest === undefined || seen <= newest.number ? seen : 0;
}
