import type {
  Explanation,
  MappingExplanation,
  PartExplanation,
} from '../../../diagnostics/explain/explain.ts';
import { type FieldWords, fieldWords } from '../../../diagnostics/explain/field-words.ts';
import {
  ACTIONS,
  capital,
  conditionLines,
  IN_FULL,
  leadLines,
  shownBy,
} from '../../../diagnostics/explain/wording.ts';
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
  { store, url, parts, lead }: Explanation,
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
    ...leadLines(lead),
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
    ...fieldWords(one, show).map(fieldLine),
  ];
}

function fieldLine({ field, from, source, written, now }: FieldWords): string {
  const read = source === null ? `a ${from}` : `${from} ${source}`;
  return `• ${field} ← ${read}: ${written}${now === null ? '' : `. In Salesforce: ${now}`}`;
}
