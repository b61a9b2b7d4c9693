import { STOPPED_CODE } from '../../lib/report-end.ts';
import type { Report } from './report.ts';

/** What is left behind counts most, since somebody must delete it; a run that was stopped has not asked for all. */
export function exitCodeOf(
  { counts, leftBehind }: Pick<Report, 'counts' | 'leftBehind'>,
  { aborted }: Pick<AbortSignal, 'aborted'>,
): number {
  if (leftBehind !== null) return 1;
  if (aborted) return STOPPED_CODE;
  return (counts['differs'] ?? 0) > 0 ? 1 : 0;
}
