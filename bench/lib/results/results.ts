import Table from 'cli-table3';

/** One line of the outcome. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** To reach; null where the value is only shown. */
  readonly target: number | null;
  readonly better: 'lower' | 'higher';
  /** Whether it is counted: the same however fast the machine is, and however small the short benchmark. */
  readonly isCount: boolean;
}

export function atMost(name: string, target: number, unit: string, value: number): Result {
  return { name, value, unit, target, better: 'lower', isCount: false };
}

export function atLeast(name: string, target: number, value: number): Result {
  return { name, value, unit: '', target, better: 'higher', isCount: false };
}

/** Calls, requests or records. */
export function countAtMost(name: string, target: number, value: number): Result {
  return { name, value, unit: '', target, better: 'lower', isCount: true };
}

/** A value that has nothing to reach. */
export function shown(
  name: string,
  unit: string,
  value: number,
  better: Result['better'] = 'lower',
): Result {
  return { name, value, unit, target: null, better, isCount: false };
}

/** Whether the value is on the right side of its target. */
export function isMet({ value, target, better }: Result): boolean {
  if (target === null) return true;
  return better === 'lower' ? value <= target : value >= target;
}

/** Those that are judged: of the short benchmark the counts alone. */
export function judged(results: readonly Result[], isShort: boolean): readonly Result[] {
  return results.filter(({ target, isCount }) => target !== null && (isCount || !isShort));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error('no values to take a median of');
  return (lower + upper) / 2;
}

/** The outcome as a table for people. */
export function resultTable(results: readonly Result[], isShort: boolean): string {
  const toReach = new Set(judged(results, isShort));
  const table = new Table({
    head: ['', 'Measured', 'To reach', ''],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'left'],
  });
  for (const result of results) {
    const { name, value, unit, target, better } = result;
    const sign = better === 'lower' ? '≤' : '≥';
    table.push([
      name,
      `${rounded(value)} ${unit}`.trim(),
      target === null ? '' : `${sign} ${rounded(target)} ${unit}`.trim(),
      verdict(result, toReach.has(result)),
    ]);
  }
  return table.toString();
}

function verdict(result: Result, isJudged: boolean): string {
  if (result.target === null) return '';
  if (!isJudged) return 'not judged';
  return isMet(result) ? 'reached' : 'MISSED';
}

function rounded(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
