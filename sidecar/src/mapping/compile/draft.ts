import type { Conditions } from '../conditions/types.ts';
import type { Fields } from '../fields/fields.ts';
import type { MappingRow } from '../model/config-rows.ts';
import type { Settings } from '../model/mapping.ts';
import type { Problems } from '../model/problems.ts';

/** A mapping on its way: checked by itself, its lookups not yet settled. */
export interface Draft extends Fields {
  readonly row: MappingRow;
  readonly problems: Problems;
  readonly settings: Settings | null;
  readonly conditions: Conditions;
}
