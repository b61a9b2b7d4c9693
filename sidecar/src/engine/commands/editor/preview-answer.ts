import type { Problem } from '../../../mapping/model/config-rows.ts';
import type { ListedAnswer } from './data-result.ts';
import type { RecordPreview } from './preview-record.ts';

type List = 'conditions' | 'rows';

/** What is listed in an answer: a problem of the mapping, or a condition or row of the record at a place. */
type Entry =
  | { readonly problem: Problem }
  | { readonly at: number; readonly list: List; readonly entry: unknown };

/** A preview with so many of its records; each part of it has all of these, with some of their conditions and rows. */
export function previewAnswer(
  head: { readonly problems: readonly Problem[] },
  records: readonly RecordPreview[],
  most: number,
): ListedAnswer<Entry> {
  const shown = records.slice(0, most);
  const listed = (at: number, list: List, entries: readonly unknown[]) =>
    entries.map((entry) => ({ at, list, entry }));
  const entries = [
    ...head.problems.map((problem) => ({ problem })),
    ...shown.flatMap(({ conditions, rows }, at) => [
      ...listed(at, 'conditions', conditions),
      ...listed(at, 'rows', rows),
    ]),
  ];
  const make = (chosen: readonly Entry[]) => {
    const of = (at: number, list: List) =>
      chosen.flatMap((one) =>
        'entry' in one && one.at === at && one.list === list ? [one.entry] : [],
      );
    return {
      ...head,
      problems: chosen.flatMap((one) => ('problem' in one ? [one.problem] : [])),
      records: shown.map((record, at) => ({
        ...record,
        conditions: of(at, 'conditions'),
        rows: of(at, 'rows'),
      })),
      more: records.length - shown.length,
    };
  };
  return { entries, make };
}
