import type { HiddenRow, MappingSource, Problem } from '../model/config-rows.ts';
import type { Problems } from '../model/problems.ts';

/** What an admin does about a row that the org keeps from us. */
const cureFor = (row: HiddenRow): string =>
  `Give the integration user read and edit access to ${row.field ?? 'its field'} and to its object, ` +
  'for example in a permission set of its own; the default fields are in Woo_Integration.';

const hiddenBy = ({ name, field }: HiddenRow): string =>
  `${name} is hidden from the integration user, because it may not see the field ` +
  `${field ?? 'that is mapped there'} or its object.`;

const belongsTo = (row: HiddenRow, mapping: string): boolean =>
  row.mapping?.toLowerCase() === mapping.toLowerCase();

/**
 * Holds a mapping of which the org keeps rows from us: without them it would write half of a record.
 * Salesforce leaves such rows out of its answers and says nothing.
 */
export function holdForHiddenRows(
  mapping: string,
  hidden: readonly HiddenRow[],
  problems: Problems,
): void {
  for (const row of hidden.filter((one) => belongsTo(one, mapping))) {
    problems.hold({
      code: 'MAPPING_HIDDEN_FIELD',
      place: row.name,
      message: hiddenBy(row),
      cure: cureFor(row),
    });
  }
}

/** Active mappings that are hidden as a whole, known by their field rows alone. */
export function hiddenMappings({ hidden }: MappingSource): readonly Problem[] {
  const active = (hidden?.mappings ?? []).filter((mapping) => mapping.active);
  return active.map(({ name }) => ({
    code: 'MAPPING_HIDDEN',
    mapping: name,
    place: name,
    message: `The mapping ${name} is hidden from the integration user, because it may not see the object or a field that ${name} names.`,
    cure: 'Give the integration user read access to the object and to the external id field of the mapping.',
    fatal: true,
  }));
}
