import type { Difference } from '../../diagnostics/golden/compare.ts';
import { count } from '../../engine/commands/output/result-text.ts';
import type { Problem } from '../../mapping/model/config-rows.ts';

/** The outcome of a run over golden orders. */
export function describeGolden({ problems, results, updated }: GoldenReport): string {
  const differ = results.filter(({ differences }) => differences.length > 0);
  const lines = [
    ...problems.map(
      ({ code, place, mapping, message, cure }) =>
        `The mapping ${mapping} cannot run. ${code} (${place}): ${message} ${cure}`,
    ),
    ...results.flatMap(describeResult),
    '',
    `${count(results.length, 'golden order')}, ${differ.length === 0 ? 'all as they should be' : `${differ.length} differ`}.`,
    ...(differ.length > 0 && !updated
      ? ['If the new rows are right, write them into the files with --update.']
      : []),
    ...(differ.length > 0 && updated ? ['The files hold the new rows now.'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function describeResult({ file, description, differences }: GoldenResult): string[] {
  if (differences.length === 0) return [`ok      ${file}: ${description}`];
  return [`differs ${file}: ${description}`, ...differences.flatMap(describeDifference)];
}

function describeDifference(difference: Difference): string[] {
  const { mapping, key, field, expected, actual } = difference;
  if (key === null && field === null && expected === undefined) {
    return [`  ${mapping}: the mapping is new to the file.`];
  }
  if (key === null && field === null && actual === undefined) {
    return [`  ${mapping}: the mapping does not run.`];
  }
  const where = `  ${mapping} ${key ?? '(no key)'}${field === null ? '' : ` ${field}`}`;
  return [where, `    - ${show(expected, field)}`, `    + ${show(actual, field)}`];
}

function show(value: unknown, field: string | null): string {
  if (value === undefined) return field === null ? 'no row' : 'nothing';
  return JSON.stringify(value);
}

/** One golden order and what differs from it. */
interface GoldenResult {
  readonly file: string;
  readonly description: string;
  readonly differences: readonly Difference[];
}

/** Mapping problems that hold mappings are printed, and fail the test: what a held mapping makes, nobody knows. */
export interface GoldenReport {
  readonly problems: readonly Problem[];
  readonly results: readonly GoldenResult[];
  /** The files were rewritten where they differed. */
  readonly updated: boolean;
}
