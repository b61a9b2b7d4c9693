import type { Asked } from './ask-valid.ts';

/** A question with few answers. The first of them is the default. */
export interface Choice<T extends string> {
  readonly variable: string;
  readonly text: string;
  /** What each answer means, by the word that the environment gives. */
  readonly options: Readonly<Record<T, string>>;
}

/** Shows what there is to choose from; takes the word, or the number of its line. */
export function choiceOf<T extends string>({ variable, text, options }: Choice<T>): Asked<T> {
  const words = Object.keys(options) as T[];
  const lines = words.map((word, at) => `  ${at + 1}  ${options[word]}`);
  return {
    variable,
    text: [text, ...lines, 'Number'].join('\n'),
    fallback: '1',
    parse: (answer) => {
      const word = words[Number(answer) - 1] ?? words.find((one) => one === answer.toLowerCase());
      if (word !== undefined) return word;
      throw new Error(
        `"${answer}" is no answer: give a number from 1 to ${words.length}, or ${words.join(', ')}.`,
      );
    },
  };
}
