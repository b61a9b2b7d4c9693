/** The name that is most like a misspelt one, if one is near enough to be meant; whatever the case. */
export function nearest(name: string, names: Iterable<string>): string | null {
  const wanted = name.toLowerCase();
  const tolerance = Math.max(1, Math.floor(wanted.length / 4));
  let best: string | null = null;
  let least = tolerance + 1;
  for (const candidate of names) {
    if (Math.abs(candidate.length - wanted.length) > tolerance) continue;
    const distance = edits(wanted, candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Letters to insert, leave out, replace, or swap with their neighbour. */
function edits(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + Number(a[row - 1] !== b[column - 1]);
      const swapped =
        a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
          ? (before[column - 2] ?? Infinity) + 1
          : Infinity;
      const shifted = Math.min(previous[column] ?? 0, current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, swapped, shifted));
    }
    [before, previous] = [previous, current];
  }
  return previous[b.length] ?? a.length;
}
