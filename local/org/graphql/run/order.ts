import type { ObjectDefinition, Schema } from '../../model/schema.ts';
import { entriesOf, isInput, ofParent, parentNamed, type Input } from './where.ts';

/** A field that an input such as `orderBy` or `groupBy` names, and what it says of it. */
export interface Entry {
  /** `Contact__r.Name` */
  readonly path: string;
  readonly input: Input;
}

/** The fields of an input in the order in which they were written, those of parents by their path. */
export function entriesByPath(
  schema: Schema,
  object: ObjectDefinition,
  input: unknown,
  prefix = '',
): readonly Entry[] {
  return entriesOf(input).flatMap(([name, inner]) => {
    const parent = parentNamed(schema, object, name);
    if (parent) {
      return entriesByPath(schema, parent.object, ofParent(parent, inner), `${prefix}${name}.`);
    }
    return isInput(inner) ? [{ path: prefix + name, input: inner }] : [];
  });
}

/** `Total__c DESC NULLS LAST`; without words for it, ascending and empty values first. */
export function ordered(expression: string, { order, nulls }: Input): string {
  const direction = order === 'DESC' ? 'DESC' : 'ASC';
  return `${expression} ${direction} NULLS ${nulls === 'LAST' ? 'LAST' : 'FIRST'}`;
}
