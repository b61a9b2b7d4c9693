import { parsePath } from '../../mapping/attributes/attribute-path.ts';
import { resolveAlias } from '../../mapping/attributes/known-attributes.ts';
import type { ConditionRow } from '../../mapping/model/config-rows.ts';
import { nearest } from '../../mapping/model/did-you-mean.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import { lower } from '../../mapping/model/resource-of.ts';
import { type Finding, warning } from './finding.ts';
import { knownWords } from './known-words.ts';

/** As WordPress' database has a status; compiling the mapping tells of it. */
const STORED = /^wc-/i;

/**
 * A condition that waits for a word which WooCommerce does not know and no record has: a misspelt status keeps
 * every record out without any other sign.
 * @param records of the resource, some that the stores have
 */
export function checkCondition(
  resource: Resource,
  row: ConditionRow,
  records: readonly WooRecord[],
): Finding[] {
  const name = resolveAlias(resource, row.attribute?.trim() ?? '');
  const path = parsePath(resource, name).path;
  const known = path && knownWords(resource, path.canonical);
  if (!known || !['equals', 'in', 'not_equals', 'not_in'].includes(lower(row.operator))) return [];
  const seen = new Set(records.map((record) => lower(asText(path.get(record, null)))));
  const words = lower(row.operator).endsWith('in')
    ? (row.value ?? '').split(/[;,]/)
    : [row.value ?? ''];
  return words
    .map((word) => word.trim())
    .filter((word) => word !== '' && !STORED.test(word) && !known.includes(word.toLowerCase()))
    .filter((word) => !seen.has(word.toLowerCase()))
    .map((word) => unknownWord(resource, row.name, path.canonical, word, known));
}

function unknownWord(
  resource: Resource,
  place: string,
  attribute: string,
  word: string,
  known: readonly string[],
): Finding {
  const near = nearest(word, known);
  return warning({
    ...{ code: 'CHECK_UNKNOWN_WORD', place },
    message: `${place} tests whether ${attribute} is "${word}", which is none of WooCommerce's own and no ${resource.replace('_', ' ')} looked at has it.`,
    cure: `${near === null ? '' : `Did you mean ${near}? `}WooCommerce's own are ${known.join(', ')}; ${resource === 'customer' ? 'people of other roles are not read' : "a plugin's may be right"}.`,
  });
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
