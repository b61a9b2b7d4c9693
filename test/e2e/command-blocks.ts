/** Shell commands of a page, as a reader copies them. */
export interface CommandBlock {
  /** Of the fence, from 1. */
  readonly line: number;
  readonly text: string;
  /** Why no test runs it, as the comment `<!-- not run: why -->` before it says; undefined where one does. */
  readonly notRun: string | undefined;
}

const FENCE = /(?:<!-- not run: (?<why>.+?) -->\n\s*)?^(?<indent> *)```sh\n(?<text>[^]*?)^ *```$/gm;

/** @param page Markdown. @returns its fenced blocks of the language `sh`, in their order */
export function commandBlocks(page: string): readonly CommandBlock[] {
  return [...page.matchAll(FENCE)].map(({ index, 0: whole, groups }) => {
    const { why, indent = '', text = '' } = groups ?? {};
    const upToFence = page.slice(0, index + whole.indexOf('```sh'));
    return {
      line: upToFence.split('\n').length,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      notRun: why,
    };
  });
}
