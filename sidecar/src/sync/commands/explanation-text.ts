import type { FieldTrace, LookupTrace, Trace } from '../../mapping/trace.ts';
import type { Problem } from '../../mapping/types.ts';
import type { Action } from '../explain/action.ts';
import type { Explanation, MappingExplanation, PartExplanation } from '../explain/explain.ts';
import { cut } from '../own-rows.ts';

/** Items and refunds in full before they become one line each. */
const IN_FULL = 8;
/** Characters of a value. */
const VALUE = 120;

const ACTIONS: Readonly<Record<Action, string>> = {
  none: 'stays out of Salesforce',
  refused: 'is refused',
  create: 'would be created',
  adopt: 'would go to a record that Salesforce has already',
  ambiguous: 'is not written: several records may be meant',
  update: 'would be updated',
  unchanged: 'is left as it is: nothing changed',
  unknown: 'would be updated if it differs from what was last written',
  left: 'is not looked after any more',
  delete_rule: 'is handled by the delete rule',
};

/**
 * A record's path through the mappings, line by line: fields in Salesforce keep no columns.
 * @param held what keeps mappings from running at all
 */
export function explanationText(
  { store, url, parts }: Explanation,
  held: readonly Problem[],
): string {
  const [head, ...details] = parts;
  const inFull = details.length <= IN_FULL;
  return [
    `Store ${store} (${url}). Nothing was written.`,
    ...held.map(
      ({ mapping, code, message, cure }) =>
        `The mapping ${mapping} cannot run. ${code}: ${message} ${cure}`,
    ),
    ...(head ? partLines(head) : []),
    ...details.flatMap((part) =>
      inFull ? partLines(part) : ['', ...part.mappings.map(headOf(part))],
    ),
  ].join('\n');
}

function partLines(part: PartExplanation): readonly string[] {
  const { title, resource, mappings } = part;
  if (mappings.length === 0) {
    return ['', `${capital(title)}: no active mapping of the store takes ${resource} records.`];
  }
  return mappings.flatMap((one) => ['', headOf(part)(one), ...linesOf(one)]);
}

function headOf({ title }: PartExplanation): (one: MappingExplanation) => string {
  return ({ mapping, object, action }) =>
    `${capital(title)} through ${mapping} → ${object}: ${ACTIONS[action]}.`;
}

function linesOf(one: MappingExplanation): readonly string[] {
  const { why, recordId, trace } = one;
  return [
    recordId === null ? why : `${why} Its record is ${recordId}.`,
    ...conditionLines(trace),
    ...trace.problems.map(({ code, message }) => `${code}: ${message}`),
    ...trace.fields.map((field) => fieldLine(field, one)),
    ...trace.lookups.map((lookup) => lookupLine(lookup, one)),
  ];
}

function conditionLines({ conditions, logic, met }: Trace): readonly string[] {
  if (conditions.length === 0) return ['It has no conditions: every record is wanted.'];
  return [
    `Conditions${logic === null ? '' : ` (${logic})`}: ${met ? 'met' : 'not met'}`,
    ...conditions.map(({ position, attribute, operator, expected, actual, met: one }) => {
      const asks = expected === '' ? operator : `${operator} ${show(expected)}`;
      return `  ${position}. ${attribute} ${asks}: ${one ? 'yes' : 'no'}, it is ${show(actual)}`;
    }),
  ];
}

function fieldLine(field: FieldTrace, one: MappingExplanation): string {
  const { kind, attribute, transform, source, result, problem, writeWhen } = field;
  const by = transform === 'none' ? '' : ` (${transform})`;
  const from = kind === 'static' ? 'a static value' : `${attribute}${by} ${show(source)}`;
  const said = [
    problem ? problem.code : show(result),
    ...(field.defaultUsed ? ['the default'] : []),
    ...(field.cut ? ['cut to the field'] : []),
    ...(writeWhen === 'always' ? [] : [writeWhen]),
    ...(field.note === null ? [] : [field.note]),
  ];
  return `• ${field.field} ← ${from}: ${said.join('; ')}${now(field.field, one)}`;
}

function lookupLine(lookup: LookupTrace, one: MappingExplanation): string {
  const { field, attribute, source, object, key, problem, writeWhen } = lookup;
  const referred = one.references.find((reference) => reference.field === field);
  const there =
    referred?.recordId ?? (referred?.explained ? 'written before it' : 'not in Salesforce');
  const written = typeof key === 'string' ? `${object} ${key} (${there})` : show(key);
  const when = writeWhen === 'always' ? '' : `; ${writeWhen}`;
  return `• ${field} ← ${attribute} (lookup) ${show(source)}: ${problem ? problem.code : written}${when}${now(field, one)}`;
}

function now(field: string, { beside, recordId }: MappingExplanation): string {
  const there = beside.find((one) => one.field === field);
  if (recordId === null || there === undefined) return '';
  return there.same === true ? '. In Salesforce: the same' : `. In Salesforce: ${show(there.now)}`;
}

/** A value on one line; absent and empty are told apart. */
function show(value: unknown): string {
  if (value === undefined) return '(absent)';
  if (value === null) return '(empty)';
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return cut(text.replace(/\s+/g, ' '), VALUE);
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
