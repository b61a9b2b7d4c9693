import { parsePath, type Path } from '../../mapping/attributes/attribute-path.ts';
import { resolveAlias } from '../../mapping/attributes/known-attributes.ts';
import { isTranslation } from '../../mapping/fields/read-table.ts';
import type { FieldMappingRow } from '../../mapping/model/config-rows.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import { lower } from '../../mapping/model/resource-of.ts';
import { type FieldSchema, findField, type ObjectSchema } from '../../mapping/model/schema.ts';
import { isEmpty } from '../../mapping/values/convert.ts';
import { folded, parseTable, type TableLine } from '../../mapping/values/parse-table.ts';
import { type Finding, warning } from './finding.ts';
import { knownWords } from './known-words.ts';

/** Statuses of what nobody has ordered or published yet, and of the trash: no record comes back to one of the others. */
const UNUSED: Readonly<Partial<Record<Resource, readonly string[]>>> = {
  order: ['draft', 'auto-draft', 'checkout-draft', 'trash'],
  product: ['auto-draft', 'future', 'trash'],
};

/** Which records a mapping brings. */
export type Brought = Pick<Mapping, 'meets' | 'whenUnmet'>;

/**
 * What a value table hardly means: values that the shop uses and it has no line for, and such as a picklist that
 * takes any value does not list. What is wrong with it for sure holds the mapping, and compiling it says so.
 * @param records of the resource, some that the stores have
 * @param brought null where the mapping is held, so that nobody knows
 */
export function checkValueTable(
  resource: Resource,
  row: FieldMappingRow,
  schema: ObjectSchema,
  records: readonly WooRecord[],
  brought: Brought | null,
): Finding[] {
  if (!isTranslation(row)) return [];
  const { lines } = parseTable(row.valueTable ?? '');
  const field = findField(schema, row.field ?? '');
  return [
    ...missed(resource, row, lines, records, brought),
    ...(field ? unlisted(row, field, lines) : []),
  ];
}

function missed(
  resource: Resource,
  { name: place, attribute, transform, defaultValue }: FieldMappingRow,
  lines: readonly TableLine[],
  records: readonly WooRecord[],
  brought: Brought | null,
): Finding[] {
  const path = parsePath(resource, resolveAlias(resource, attribute?.trim() ?? '')).path;
  // What a transform makes of a word is in the table, and not the word.
  const isRaw = ['', 'none'].includes(lower(transform));
  const words = path && isRaw ? knownWords(resource, path.canonical) : null;
  if (!path || words === null || !isEmpty(defaultValue)) return [];
  const isUnused = (word: string) => UNUSED[resource]?.includes(word) === true;
  const seen = records.flatMap((record) => {
    const word = path.get(record, null);
    return isText(word) && mayHave(brought, [record], isUnused(word)) ? [word] : [];
  });
  const usual = words.filter((word) => !isUnused(word));
  const variants = (word: string) => records.map((record) => withWord(record, path, word));
  // Where no value at all brings one of the records, something else of them decides.
  const isDecisive = usual.some((word) => mayHave(brought, variants(word), true));
  const used = [
    ...usual.filter((word) => !isDecisive || mayHave(brought, variants(word), false)),
    ...seen,
  ];
  const known = new Set(lines.map(({ shop }) => folded(shop)));
  const without = [...new Set(used)].filter((word) => word !== '' && !known.has(folded(word)));
  if (without.length === 0) return [];
  return [
    warning({
      code: 'CHECK_TABLE_MISSES',
      place,
      message: `${place} translates ${path.canonical}, but its value table has no line for ${without.join(', ')}, and it has no default value: records that have one of these are refused.`,
      cure: 'Add a line for each that records may have, or give it a default value for the rest.',
    }),
  ];
}

/**
 * Whether a record that is brought may have the value that these have. One that is brought already goes on being
 * written under the rule _keep_, whatever it becomes.
 * @param isFirst the value is none that it becomes later
 */
function mayHave(brought: Brought | null, records: readonly WooRecord[], isFirst: boolean) {
  if (brought === null || (brought.whenUnmet === 'keep' && !isFirst)) return true;
  return records.some((record) => brought.meets(record));
}

/** The record with another value there; as it is where the attribute is a part of something. */
function withWord(record: WooRecord, { segments }: Path, word: string): WooRecord {
  const [name, ...parts] = segments;
  return name === undefined || parts.length > 0 ? record : { ...record, [name]: word };
}

/** Of a restricted picklist, a value that it lacks holds the mapping. */
function unlisted(
  { name: place }: FieldMappingRow,
  { name, type, restrictedPicklist, picklistValues }: FieldSchema,
  lines: readonly TableLine[],
): Finding[] {
  if (!['picklist', 'multipicklist'].includes(type) || restrictedPicklist) return [];
  const listed = new Set(picklistValues);
  const others = [...new Set(lines.map(({ salesforce }) => salesforce))].filter(
    (value) => !listed.has(value),
  );
  if (others.length === 0) return [];
  return [
    warning({
      code: 'CHECK_TABLE_PICKLIST',
      place,
      message: `The value table of ${place} has ${others.map((value) => `"${value}"`).join(', ')}, which the picklist ${name} does not list.`,
      cure: `Correct the line, or add the value to the picklist ${name}.`,
    }),
  ];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
