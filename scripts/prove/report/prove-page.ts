import type { Assumption } from '../model/assumption.ts';
import { announcement } from '../run/run-probes.ts';

const SHOWN = /^\d+ of \d+ assumptions are asked for.*$/m;

/** The page docs/prove.md with the counts of the catalogue. @throws Error where the page shows none */
export function provePage(page: string, assumptions: readonly Assumption[]): string {
  if (!SHOWN.test(page))
    throw new Error('docs/prove.md does not show what the command says first.');
  return page.replace(SHOWN, announcement(assumptions));
}
