import type { MappingRow, Problem } from './config-rows.ts';
import { nearest } from './did-you-mean.ts';

type Details = Pick<Problem, 'code' | 'message' | 'cure'> & { readonly place?: string };

/** Collects what is wrong with one mapping. */
export class Problems {
  readonly all: Problem[] = [];
  readonly #mapping: string;

  constructor({ name }: Pick<MappingRow, 'name'>) {
    this.#mapping = name;
  }

  /** Something that leaves the mapping out, since it could only write half or wrong. */
  hold(details: Details): void {
    this.#add(details, true);
  }

  /** Something that the mapping can run with. */
  warn(details: Details): void {
    this.#add(details, false);
  }

  get held(): boolean {
    return this.all.some(({ fatal }) => fatal);
  }

  /** Whether a record of the mapping is named already as what holds it. */
  isHeldAt(place: string): boolean {
    return this.all.some((problem) => problem.fatal && problem.place === place);
  }

  #add({ code, message, cure, place = this.#mapping }: Details, fatal: boolean): void {
    this.all.push({ code, mapping: this.#mapping, place, message, cure, fatal });
  }
}

/** `Did you mean Total__c? ` where a name is near enough, else nothing. */
export function didYouMean(name: string, names: Iterable<string>): string {
  const near = nearest(name, names);
  return near === null ? '' : `Did you mean ${near}? `;
}

interface Choice<T extends string> {
  readonly value: string | null;
  readonly choices: readonly T[];
  /** For a value left blank. */
  readonly blank: T;
  readonly code: string;
  /** What is chosen, as the admin sees it: `direction`. */
  readonly what: string;
  readonly place: string;
}

/** The value of a picklist field of a metadata record, whatever its case; blank means its default. */
export function choose<T extends string>(problems: Problems, choice: Choice<T>): T {
  const { value, choices, blank, code, what, place } = choice;
  if (value === null || value.trim() === '') return blank;
  const wanted = value.trim().toLowerCase();
  const found = choices.find((candidate) => candidate === wanted);
  if (found !== undefined) return found;
  problems.hold({
    code,
    place,
    message: `${place} has the ${what} "${value}", which does not exist.`,
    cure: `${didYouMean(value, choices)}Choose one of ${choices.join(', ')}.`,
  });
  return blank;
}

/** Whether a problem says that two mappings write to the same place. */
export function isOfRivals({ code }: Pick<Problem, 'code'>): boolean {
  return ['MAPPING_SAME_OBJECT', 'MAPPING_ATTRIBUTE_SHARED'].includes(code);
}
