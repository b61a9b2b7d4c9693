/**
 * What becomes of an error. `retry`: it is tried again, less and less often; `login`: the sidecar signs in once
 * more, then waits for a person; `limit`: the org rests until its limit resets; `permanent`: the record waits as
 * an issue until it changes; `setup`: a right or a setting is wrong, so what needs it is held and tried again
 * now and then; `config`: the sidecar does not start; `usage`: the command was asked for something impossible.
 */
export type ErrorClass = 'retry' | 'login' | 'limit' | 'permanent' | 'setup' | 'config' | 'usage';

/** What a code means and what to do about it, for an admin. Sentences in plain words, fit for Markdown too. */
export interface Explanation {
  readonly class: ErrorClass;
  readonly meaning: string;
  readonly cure: string;
}

export type Explanations = Readonly<Record<string, Explanation>>;

type Explain = (meaning: string, cure: string) => Explanation;

function as(kind: ErrorClass): Explain {
  return (meaning, cure) => ({ class: kind, meaning, cure });
}

export const retry = as('retry');
export const login = as('login');
export const limit = as('limit');
export const permanent = as('permanent');
export const setup = as('setup');
export const config = as('config');
export const usage = as('usage');
