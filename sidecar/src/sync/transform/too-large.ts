import type { CodedError } from '../../errors/coded-error.ts';
import { recordKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { Run } from '../model/run.ts';

/** Reports a record that the shop cannot hand over for its size; of it no more than its id is known. */
export function failTooLarge(
  run: Pick<Run, 'mappings' | 'report' | 'store'>,
  resource: Mapping['resource'],
  record: WooRecord,
  { code, message }: Pick<CodedError, 'code' | 'message'>,
): void {
  const key = recordKey(resource, record, run.store.key);
  if (key === null) return;
  for (const mapping of run.mappings) {
    const isItsOwn = mapping.contentType === null || record['content_type'] === mapping.contentType;
    if (mapping.resource !== resource || !isItsOwn) continue;
    const place = { key, parentKey: null, recordId: null, field: null };
    run.report.fail(mapping, { ...place, code, message: `${key}: ${message}` });
  }
}
