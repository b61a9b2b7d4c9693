import { decodeEntities } from '../../../mapping/values/html-text.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import type { Decision } from '../../../sync/match/match-rules.ts';
import type { Suggestion } from '../../../sync/pipeline/suggest-matches.ts';
import { keyWithoutAddress } from '../../../sync/report/issue-key.ts';
import { shortened } from './data-result.ts';

/** Records that one suggestion names. */
const MOST_RECORDS = 5;

/** A suggestion as a program reads it; what is empty is left out. */
export function toEntry({ mapping, record, key, decision, choice }: Suggestion): object {
  const records = recordsOf(decision);
  const row = choice === null ? {} : { row: choice.rowId, decided: choice.kind };
  return {
    key: keyWithoutAddress(key),
    mapping: mapping.name,
    action: actionOf(decision),
    ...(records.length > 0 && { records: records.slice(0, MOST_RECORDS) }),
    ...(records.length > MOST_RECORDS && { more: records.length - MOST_RECORDS }),
    name: shortened(nameOf(record)),
    sign: shortened(record['email'] ?? record['sku']),
    ...row,
    ...(decision.kind === 'refused' && { why: decision.why }),
  };
}

/** `accepted` carries its key already, `share` keeps the key of another record. */
function actionOf(decision: Decision): string {
  if (decision.kind !== 'link') return decision.kind;
  if (!decision.adopted) return 'accepted';
  return decision.byId ? 'share' : 'adopt';
}

function recordsOf(decision: Decision): readonly string[] {
  if (decision.kind === 'link') return [decision.recordId];
  return decision.kind === 'ambiguous' ? decision.recordIds : [];
}

/** What a person calls it; WordPress escapes some characters. */
function nameOf(record: WooRecord): unknown {
  const names = [record['first_name'], record['last_name']];
  const person = names.filter((one) => typeof one === 'string' && one !== '').join(' ');
  const name = person === '' ? (record['name'] ?? record['username']) : person;
  return typeof name === 'string' ? decodeEntities(name) : name;
}
