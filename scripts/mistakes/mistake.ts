/** One change of a source: a text that is there once becomes another. */
type Edit = readonly [from: string, to: string];

/** A mistake that somebody could make in the sidecar, and the tests that are there to notice it. */
export interface Mistake {
  readonly name: string;
  /** What is so with it. */
  readonly means: string;
  /** In sidecar/src. */
  readonly file: string;
  readonly edits: readonly Edit[];
  /** In sidecar/test. */
  readonly guards: readonly string[];
  /** Why no test can notice it; then it has no guards. */
  readonly harmless?: string;
}

/** What stands there is gone. */
export function drop(text: string): readonly Edit[] {
  return [[text, '']];
}

/** What stands there comes before something else. */
export function move(text: string, before: string): readonly Edit[] {
  return [
    [text, ''],
    [before, text + before],
  ];
}

/** @throws Error where the source is not what the mistake is made of: a text is not there, or is twice */
export function withMistake(source: string, { name, edits }: Mistake): string {
  return edits.reduce((text, [from, to]) => {
    const places = text.split(from).length - 1;
    if (places !== 1) throw new Error(`${name}: ${JSON.stringify(from)} is there ${places} times.`);
    return text.replace(from, () => to);
  }, source);
}
