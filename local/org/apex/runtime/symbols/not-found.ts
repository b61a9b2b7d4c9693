import { Refusal, unsupported } from '../parse/refusal.ts';
import type { Place } from '../parse/tree.ts';
import { isPlatformObject, isPlatformType } from '../types/platform-names.ts';

/** Why an object by its name is none of the org: the platform has it and this org does not, or nobody has. */
export const objectNotFound = (at: Place, name: string, words: string): Refusal =>
  isPlatformObject(name) ? unsupported(at, `the object ${name}`) : new Refusal(at, words);

/** The same of a type. @param text the type as it is written, with its arguments */
export const typeNotFound = (at: Place, name: string, text: string): Refusal =>
  isPlatformType(name)
    ? unsupported(at, `the type ${text}`)
    : objectNotFound(at, name, `Invalid type: ${text}`);
