import type {
  Explanation,
  MappingExplanation,
  PartExplanation,
} from '../../diagnostics/explain/explain.ts';
import { fieldWords } from '../../diagnostics/explain/field-words.ts';
import {
  ACTIONS,
  capital,
  conditionLines,
  IN_FULL,
  leadLines,
  shownBy,
} from '../../diagnostics/explain/wording.ts';
import type { Problem } from '../../mapping/model/config-rows.ts';
import { truncate } from '../../mapping/values/html-text.ts';
import { type Screen, tableText } from './table.ts';

export interface TextOptions extends Screen {
  /** Every part in full. */
  readonly all: boolean;
  /** Why the state cannot be looked at, and where to ask instead; null where it can be, or there is none. */
  readonly unseen: string | null;
}

/** Texts come from anybody who buys in the shop: nothing in them may steer the terminal. */
const show = shownBy((text) =>
  text.replace(/\r?\n/g, '⏎').replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '�'),
);

/** A record's path as text, for the person at the terminal. */
export function describeExplanation(explanation: Explanation, options: TextOptions): string {
  const { store, url, parts, stateKnown, lead } = explanation;
  const [first, ...rest] = parts;
  const short = !options.all && rest.length > IN_FULL;
  return [
    `Store ${store} (${url})`,
    ...(stateKnown ? [] : [options.unseen ?? 'Nothing was written from here yet: no state.']),
    ...(first ? describePart(first, options) : []),
    ...leadLines(lead),
    ...rest.flatMap((part) => (short ? summary(part) : describePart(part, options))),
    ...(short
      ? ['', 'Each part in full: --all. Nothing was written.']
      : ['', 'Nothing was written.']),
    '',
  ].join('\n');
}

function summary({ title, mappings, held, warnings }: PartExplanation): string[] {
  return [
    ...mappings.map(({ mapping, object, action }) => {
      return `${capital(title)}: ${mapping} → ${object}: ${ACTIONS[action]}.`;
    }),
    ...held.map((problem) => heldLine(title, problem)),
    ...warnings.map((problem) => warningLine(title, problem)),
  ];
}

function describePart(part: PartExplanation, options: TextOptions): string[] {
  const { title, resource, mappings, held, warnings } = part;
  if (mappings.length === 0 && held.length === 0) {
    return ['', `${capital(title)}: no active mapping of the store takes ${resource} records.`];
  }
  return [
    ...mappings.flatMap((one) => describeMapping(title, one, options)),
    ...held.map((problem) => `\n${heldLine(title, problem)}`),
    ...warnings.map((problem) => `\n${warningLine(title, problem)}`),
  ];
}

function warningLine(title: string, { code, place, message, cure }: Problem): string {
  return `${capital(title)}: ${code} (${place}): ${message} ${cure}`;
}

function heldLine(title: string, { mapping, code, place, message, cure }: Problem): string {
  return `${capital(title)}: the mapping ${mapping} cannot run. ${code} (${place}): ${message} ${cure}`;
}

function describeMapping(title: string, one: MappingExplanation, options: TextOptions): string[] {
  const { mapping, object, action, why, recordId, trace } = one;
  return [
    '',
    `${capital(title)} through ${mapping} → ${object}: ${ACTIONS[action]}.`,
    `  ${why}${recordId === null ? '' : ` Its record is ${recordId}.`}`,
    ...conditionLines(trace, show).map((line) => `  ${line}`),
    ...trace.problems.map(({ code, message }) => `  ${code}: ${message}`),
    fieldTable(one, options),
  ];
}

const HEAD = ['Field', 'From', 'In the shop', 'Written', 'In Salesforce now'];
/** A narrower column shows no value that is worth it. */
const LEAST_WIDTH = 14;

function fieldTable(one: MappingExplanation, options: TextOptions): string {
  const { trace } = one;
  const names = [...trace.fields, ...trace.lookups].map(({ field }) => field.length + 2);
  const nameWidth = Math.min(30, Math.max(8, ...names));
  const space = Math.floor(((options.columns ?? 140) - nameWidth - 6) / 4);
  const width = Math.max(LEAST_WIDTH, space);
  const cells = (text: string) => clip(text, 3 * (width - 2));
  const rows = fieldWords(one, show).map(({ field, from, source, written, now }) =>
    [field, from, source ?? '', written, now ?? ''].map(cells),
  );
  return tableText(HEAD, rows, options, 1, {
    style: { head: [], border: [], compact: true },
    colWidths: [nameWidth, width, width, width, width],
    wordWrap: true,
    wrapOnWordBoundary: false,
  });
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${truncate(text, length - 1)}…`;
}
