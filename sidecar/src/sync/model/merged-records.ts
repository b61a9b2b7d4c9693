import type { MergedRecord } from '../../ports/link.ts';
import type { RecordState } from '../../ports/org.ts';

/** Those of the records that were merged into others. @param fates what became of records, by id */
export function mergedAmong(fates: ReadonlyMap<string, RecordState>): readonly MergedRecord[] {
  return [...fates].flatMap(([lostId, fate]) =>
    fate.kind === 'merged' ? [{ lostId, recordId: fate.recordId, key: fate.key }] : [],
  );
}
