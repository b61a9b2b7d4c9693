import { ask, givenTo, type Question } from '../../lib/install/ask.ts';

/** A question, and what makes a value of its answer. */
export interface Asked<T> extends Question {
  /** @throws Error that says what is wrong, without a secret */
  readonly parse: (text: string) => T;
}

/**
 * The answer, once it is one: what was mistyped is asked for again, after the reason.
 * @throws Error that names the variable where the environment has a wrong answer
 */
export async function askValid<T>(question: Asked<T>): Promise<T> {
  for (;;) {
    const isGiven = givenTo(question) !== undefined || !process.stdin.isTTY;
    const text = await ask(question);
    const wrong = wrongIn(question, text);
    if (wrong === null) return question.parse(text);
    if (isGiven) throw new Error(wrong);
    console.log(wrong);
  }
}

/** A sentence for each variable that holds a wrong answer. */
export const wrongAnswers = (questions: readonly Asked<unknown>[]): readonly string[] =>
  questions.flatMap((question) => {
    const given = givenTo(question);
    return given === undefined ? [] : (wrongIn(question, given) ?? []);
  });

function wrongIn({ variable, parse }: Asked<unknown>, text: string): string | null {
  try {
    parse(text);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return reason.startsWith(variable) ? reason : `${variable}: ${reason}`;
  }
}
