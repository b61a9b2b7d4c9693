import { parsePath } from '../../mapping/attributes/attribute-path.ts';
import { resolveAlias } from '../../mapping/attributes/known-attributes.ts';
import { readPeriod } from '../../mapping/conditions/periods.ts';
import type { ConditionRow } from '../../mapping/model/config-rows.ts';
import { nearest } from '../../mapping/model/did-you-mean.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import { lower } from '../../mapping/model/resource-of.ts';
import { type Finding, hint, warning } from './finding.ts';
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

/**
 * A condition of a period may come to be met, or not to be met any more, by the time alone. Of that no event tells, so
 * that what should leave stays, and what should come is not there, until the record changes.
 */
export function checkPeriod({ name: place, operator, value }: ConditionRow): Finding[] {
  if (!PERIOD_OPERATORS.has(lower(operator)) || readPeriod(value ?? '') === null) return [];
  return [
    hint({
      code: 'CHECK_PERIOD',
      place,
      message: `${place} goes by the period "${value ?? ''}": a record that comes to meet it, or to meet it no longer, by the time alone is looked at when something of it changes, or by a backfill.`,
      cure: 'Nothing, if what is in Salesforce may stay (When No Longer Met: keep); otherwise give the command Backfill as often as it matters (docs/mapping.md).',
    }),
  ];
}

const PERIOD_OPERATORS = new Set([
  'within',
  'not_within',
  'greater_than',
  'less_than',
  'at_least',
  'at_most',
]);

function unknownWord(
  resource: Resource,
  place: string,
  attribute: string,
  word: string,
  known: readonly string[],
): Finding {
  const near = nearest(word, known);
  return warning({
    code: 'CHECK_UNKNOWN_WORD',
    place,
    message: `${place} tests whether ${attribute} is "${word}", which is none of WooCommerce's own and no ${resource.replace('_', ' ')} looked at has it.`,
    cure: `${near === null ? '' : `Did you mean ${near}? `}WooCommerce's own are ${known.join(', ')}; ${resource === 'customer' ? 'people of other roles are not read' : "a plugin's may be right"}.`,
  });
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
