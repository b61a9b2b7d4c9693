import { resolvePath } from '../../../formula/fields.ts';
import type { FormulaSchema } from '../../../formula/formula.ts';
import { tokensOf } from '../../../formula/tokens.ts';
import type { ObjectDefinition } from '../../../model/schema.ts';

/** Characters to which a formula may compile, with those of the formula fields that it reads. */
const LIMIT = 15_000;

/** The formula of a field that a formula reads, and the object that the field is of. */
function formulaAt(path: string, object: ObjectDefinition, schema: FormulaSchema) {
  const steps = resolvePath(path, object, schema) ?? [];
  const [lookup, field] = steps.length > 1 ? steps.slice(-2) : [undefined, ...steps];
  const owner = schema.object(lookup?.referenceTo[0] ?? object.name);
  return field?.formula === undefined || !owner
    ? undefined
    : { source: field.formula, owner, key: `${owner.name}.${field.name}` };
}

/** Characters without white space; a formula field that is read stands in parentheses. */
function sizeOf(
  source: string,
  object: ObjectDefinition,
  schema: FormulaSchema,
  within: readonly string[],
): number {
  const sizes = tokensOf(source).map(({ kind, text }) => {
    if (kind === 'text') return text.length + 2;
    const read = kind === 'name' ? formulaAt(text, object, schema) : undefined;
    return !read || within.includes(read.key)
      ? text.length
      : sizeOf(read.source, read.owner, schema, [...within, read.key]) + 2;
  });
  return sizes.reduce((sum, one) => sum + one, 0);
}

/**
 * Why a formula compiles to too much. A real org counts what it makes of it, which is more than what is written: the
 * local org refuses what is too big by its text alone.
 */
export function sizeProblem(
  source: string,
  object: ObjectDefinition,
  schema: FormulaSchema,
): string | undefined {
  const size = sizeOf(source, object, schema, []);
  const count = (characters: number): string => characters.toLocaleString('en');
  return size > LIMIT
    ? `Compiled formula is too big to execute (${count(size)} characters). Maximum size is ${count(LIMIT)} characters`
    : undefined;
}
