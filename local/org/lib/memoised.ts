/** A few times the files of one kind in a project. */
const MOST = 3_000;

/**
 * What a text says, read once: most of a project's files come again unchanged with the next deploy.
 * @param read a function of the text alone, whose result nobody changes
 */
export function memoised<Result>(read: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    if (known.has(text)) return known.get(text) as Result;
    const result = read(text);
    if (known.size >= MOST) known.clear();
    known.set(text, result);
    return result;
  };
}
