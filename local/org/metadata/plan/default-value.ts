import type { FieldDefinition } from '../../model/schema.ts';

/**
 * A field's default, written as a formula, when it is a literal: `true`, `12.5`, `"text"`.
 * @returns undefined for anything that would have to be computed
 */
export function literalOf(formula: string): FieldDefinition['defaultValue'] {
  const text = formula.trim();
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return Number(text);
  const quoted = /^"((?:[^"\\]|\\.)*)"$|^'((?:[^'\\]|\\.)*)'$/s.exec(text);
  if (!quoted) return undefined;
  return (quoted[1] ?? quoted[2] ?? '').replace(/\\(.)/gs, '$1');
}
