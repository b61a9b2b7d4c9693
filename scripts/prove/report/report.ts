import Table from 'cli-table3';

import { isProbed } from '../model/assumption.ts';
import type { Outcome, RunResult } from '../run/run-probes.ts';
import { redacted } from './redact.ts';

/** One assumption as a report has it. */
interface Line {
  readonly id: string;
  readonly result: Outcome['kind'];
  readonly statement: string;
  readonly detail: string;
  readonly places: readonly string[];
}

export interface Report {
  readonly made: string;
  readonly calls: number;
  readonly leftBehind: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly lines: readonly Line[];
}

/** What a person looks at first stands first. */
const ORDER: readonly Outcome['kind'][] = ['differs', 'cannot tell', 'by hand', 'holds', 'settled'];

/** A report that can be sent on. @param known hosts and user names, which it leaves out */
export function reportOf(result: RunResult, known: readonly string[], now: Date): Report {
  const lines = result.outcomes
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .map(({ assumption, kind, detail }) => ({
      id: assumption.id,
      result: kind,
      statement: assumption.statement,
      detail: isProbed(assumption) ? redacted(detail, known) : detail,
      places: assumption.places,
    }));
  const counts = Object.fromEntries(
    ORDER.map((kind) => [kind, lines.filter(({ result: one }) => one === kind).length]),
  );
  const left = result.leftBehind === null ? null : redacted(result.leftBehind, known);
  return { made: now.toISOString(), calls: result.calls, leftBehind: left, counts, lines };
}

const summary = ({ counts, calls }: Report): string =>
  `${ORDER.map((kind) => `${counts[kind] ?? 0} ${kind}`).join(', ')}; ${calls} API calls.`;

/** Width of the column of details, in characters. */
const DETAIL = 80;

/** For a terminal: what differs or cannot be told, and how many of the rest. */
export function asTable(report: Report): string {
  const table = new Table({
    head: ['assumption', 'result', 'what came, or why'],
    colWidths: [34, 13, DETAIL],
    wordWrap: true,
    // No lines between the rows: there are many.
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    style: { head: [], border: [] },
  });
  for (const { id, result, detail } of report.lines)
    if (result !== 'by hand' && result !== 'settled') table.push([id, result, detail]);
  return `${table.toString()}\n\n${summary(report)}`;
}

/** To send back: what differs, with the places that change, then the rest. */
export function asMarkdown(report: Report): string {
  const sections = ORDER.map((kind) => {
    const lines = report.lines.filter(({ result }) => result === kind);
    const items = lines.map(({ id, statement, detail, places }) =>
      [
        `- **${id}**: ${statement}.`,
        ...(detail === '' ? [] : [`  ${SAYS[kind]} ${oneLine(detail)}`]),
        ...(kind === 'differs'
          ? [`  Change: ${places.map((one) => `\`${one}\``).join(', ')}`]
          : []),
      ].join('\n'),
    );
    return lines.length === 0 ? '' : `\n## ${kind}\n\n${items.join('\n')}\n`;
  });
  const left = report.leftBehind === null ? '' : `\nLeft behind: ${report.leftBehind}\n`;
  return `# prove, ${report.made}\n\n${summary(report)}\n${left}${sections.join('')}`;
}

const SAYS: Readonly<Record<Outcome['kind'], string>> = {
  differs: 'Came instead:',
  'cannot tell': 'Why:',
  'by hand': 'Do:',
  holds: '',
  settled: 'Source:',
};

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
