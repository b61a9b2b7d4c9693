import { parsePath } from '../../mapping/attributes/attribute-path.ts';
import { NUMBERED } from '../../mapping/attributes/read-steps.ts';
import { isTranslation } from '../../mapping/fields/read-table.ts';
import type { MappingSource } from '../../mapping/model/config-rows.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Resource } from '../../mapping/model/record.ts';
import { resourceOf } from '../../mapping/model/resource-of.ts';
import { findField, type ObjectSchema } from '../../mapping/model/schema.ts';
import type { WooStore } from '../../ports/store.ts';
import { readSubject, type Subject } from '../explain/subject.ts';
import { GOLDEN_URL, Replacer } from './anonymize.ts';
import type { GoldenCase } from './case.ts';
import { rowsOf } from './rows.ts';

/** What a golden order is recorded by. */
interface Ground {
  readonly mappings: readonly Mapping[];
  /** Keys of custom fields that stay. */
  readonly keep: ReadonlySet<string>;
  /** The moment that its conditions go by; absent where they go by none. */
  readonly at?: string;
}

export interface Recorded {
  readonly golden: GoldenCase;
  /** How many different texts were replaced. */
  readonly replaced: number;
}

/**
 * Makes a golden order of a live record: personal data replaced, and what the mappings make of the rest as the
 * expectation.
 * @throws CodedError where the record cannot be read
 */
export async function recordCase(
  store: WooStore,
  subject: Subject,
  id: string,
  { mappings, keep, at }: Ground,
): Promise<Recorded> {
  const [main, ...parts] = await readSubject(store, subject, id, () => true, mappings);
  if (!main) throw new Error('a subject has a part');
  const resource = subject === 'variation' ? 'product' : subject;
  const replacer = new Replacer({ url: store.url, keep });
  const refunds = parts
    .filter((part) => part.resource === 'refund')
    .map((part) => replacer.record('refund', part.record));
  const given = {
    store: { key: store.key, url: GOLDEN_URL },
    ...(at !== undefined && { at }),
    resource,
    record: { ...replacer.record(resource, main.record) },
    ...(refunds.length > 0 && { refunds: refunds.map((refund) => ({ ...refund })) }),
  };
  const golden = {
    description: `${subject} ${main.record['guest'] === true ? 'of a guest' : id}`,
    ...given,
    expected: rowsOf(given, mappings),
  };
  return { golden, replaced: replacer.standIns.all.size };
}

/** Fields that take no free text: what a stand-in would be in them, nobody knows. */
const NO_TEXT: ReadonlySet<string> = new Set([
  'picklist',
  'multipicklist',
  'boolean',
  'double',
  'currency',
  'percent',
  'int',
  'long',
  'date',
  'datetime',
  'time',
]);

/** Keys of custom fields that conditions test, value tables translate, or fields hold which take no free text. */
export function keysToKeep(
  { mappings, fields, conditions }: MappingSource,
  schemas: ReadonlyMap<string, ObjectSchema>,
): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const mapping of mappings) {
    const [resource] = resourceOf(mapping);
    if (resource === undefined) continue;
    const own = (row: { readonly mapping: string | null }) => row.mapping === mapping.name;
    const schema = schemas.get(mapping.object ?? '');
    const typed = fields
      .filter(own)
      .filter(
        (row) =>
          isTranslation(row) ||
          NO_TEXT.has((schema && findField(schema, row.field ?? '')?.type) ?? ''),
      );
    const asked = conditions
      .filter(own)
      .flatMap(({ attribute, otherAttribute }) => [{ attribute }, { attribute: otherAttribute }]);
    for (const { attribute } of [...typed, ...asked]) {
      const key = customKey(resource, attribute);
      if (key !== null) keys.add(key);
    }
  }
  return keys;
}

/** The key of the custom field that an attribute reads; null for another attribute. */
function customKey(resource: Resource, attribute: string | null): string | null {
  const segments = parsePath(resource, attribute?.trim() ?? '').path?.segments ?? [];
  return segments[0] === 'meta_data' ? (segments[1]?.replace(NUMBERED, '$1') ?? null) : null;
}
