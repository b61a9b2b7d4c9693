import type { IssueSeen } from '../../ports/issues.ts';

/** What a failure says, as columns. */
export const columns = [
  'key',
  'kind',
  'store',
  'resource',
  'record_key',
  'object',
  'record_id',
  'code',
  'reason',
  'cure',
  'field',
  'woo_value',
  'salesforce_value',
  'hint_resource',
  'hint_key',
  'retry',
  'whole_key',
];

export function toRow(seen: IssueSeen): Readonly<Record<string, string | null>> & { key: string } {
  const { key, kind, store, object, code, reason, cure, field, retry } = seen;
  return {
    key,
    kind,
    store,
    object,
    code,
    reason,
    cure,
    field,
    retry,
    // The column takes no null.
    resource: seen.resource ?? '',
    record_key: seen.recordKey,
    record_id: seen.recordId,
    woo_value: seen.wooValue,
    salesforce_value: seen.salesforceValue,
    hint_resource: seen.change?.resource ?? null,
    hint_key: seen.change?.key ?? null,
    whole_key: seen.wholeKey ?? null,
  };
}

/** Without what PostgreSQL has no place for in a text: one odd reason must not keep a batch from ending. */
export function asJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '') : part,
  );
}
