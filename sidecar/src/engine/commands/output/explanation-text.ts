import type {
  Explanation,
  MappingExplanation,
  PartExplanation,
} from '../../../diagnostics/explain/explain.ts';
import {
  ACTIONS,
  capital,
  conditionLines,
  heldNow,
  IN_FULL,
  lookupWritten,
  shownBy,
} from '../../../diagnostics/explain/wording.ts';
import type { FieldTrace, LookupTrace } from '../../../mapping/model/trace.ts';
import { type HeldMapping, heldLines } from '../../../ports/held-mappings.ts';
import { cut } from '../../../sync/report/own-objects.ts';

/** Characters of a value. */
const VALUE = 120;

/** A value on one line. */
const show = shownBy((text) => cut(text.replace(/\s+/g, ' '), VALUE));

/**
 * A record's path through the mappings, line by line: fields in Salesforce keep no columns.
 * @param held mappings of the store that cannot run
 * @param warnings what else is to be known of them, in lines
 */
export function explanationText(
  { store, url, parts }: Explanation,
  held: readonly HeldMapping[],
  warnings: readonly string[] = [],
): string {
  const [head, ...details] = parts;
  const inFull = details.length <= IN_FULL;
  return [
    `Store ${store} (${url}). Nothing was written.`,
    ...held.flatMap(heldLines),
    ...warnings,
    ...(head ? partLines(head, held) : []),
    ...details.flatMap((part) =>
      inFull ? partLines(part, held) : ['', ...part.mappings.map(headOf(part))],
    ),
  ].join('\n');
}

function partLines(part: PartExplanation, held: readonly HeldMapping[]): readonly string[] {
  const { title, resource, mappings } = part;
  if (mappings.length === 0) {
    const labels = held
      .filter((one) => one.resource === null || one.resource === resource)
      .map(({ label }) => label);
    const why =
      labels.length > 0
        ? `nothing is written, since ${labels.join(' and ')} is held`
        : `no active mapping of the store takes ${resource} records`;
    return ['', `${capital(title)}: ${why}.`];
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
    ...conditionLines(trace, show),
    ...trace.problems.map(({ code, message }) => `${code}: ${message}`),
    ...trace.fields.map((field) => fieldLine(field, one)),
    ...trace.lookups.map((lookup) => lookupLine(lookup, one)),
  ];
}

function fieldLine(field: FieldTrace, one: MappingExplanation): string {
  const { kind, attribute, transform, source, result, problem, writeWhen } = field;
  const by = transform === 'none' ? '' : ` (${transform})`;
  const from = kind === 'static' ? 'a static value' : `${attribute}${by} ${show(source)}`;
  const said = [
    problem ? problem.code : (one.stays[field.field] ?? show(result)),
    ...(field.defaultUsed ? ['the default'] : []),
    ...(field.cut ? ['cut to the field'] : []),
    ...(writeWhen === 'always' ? [] : [writeWhen]),
    ...(field.note === null ? [] : [field.note]),
  ];
  return `• ${field.field} ← ${from}: ${said.join('; ')}${now(field.field, one)}`;
}

function lookupLine(lookup: LookupTrace, one: MappingExplanation): string {
  const { field, attribute, source, problem, writeWhen } = lookup;
  const written = problem ? problem.code : (one.stays[field] ?? lookupWritten(lookup, one, show));
  const when = writeWhen === 'always' ? '' : `; ${writeWhen}`;
  return `• ${field} ← ${attribute} (lookup) ${show(source)}: ${written}${when}${now(field, one)}`;
}

function now(field: string, one: MappingExplanation): string {
  const held = heldNow(field, one, show);
  return held === null ? '' : `. In Salesforce: ${held}`;
}
