import type {
  FieldMappingRow,
  MappingRow,
  MappingSource,
  Problem,
} from '../../mapping/model/config-rows.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import { lower, mappedBy } from '../../mapping/model/resource-of.ts';
import type { DescribedObject } from '../../ports/org.ts';
import { checkOwnership, type Ownership } from './ownership.ts';
import { checkCondition, checkPeriod } from './conditions.ts';
import { checkCurrency } from './currency.ts';
import { checkCustomField } from './custom-fields.ts';
import { checkFieldType, checkTowardsWoo } from './fields.ts';
import { type Finding, ofProblem } from './finding.ts';
import { checkFlows, type Flows } from './flows.ts';
import { checkOffRows } from './off-rows.ts';
import { checkRights } from './rights.ts';
import { checkSales } from './sales/sales.ts';
import { checkTotals } from './sales/totals.ts';
import { checkShown, sampleOf, type StoreCheck, tryOut } from './samples.ts';
import { checkValueTable } from './value-tables.ts';

export interface MappingCheck {
  readonly mapping: string;
  readonly label: string;
  readonly resource: string | null;
  readonly object: string | null;
  readonly direction: string;
  readonly findings: readonly Finding[];
}

/** What all checks of a mapping look at. */
export interface Ground {
  readonly source: MappingSource;
  readonly active: readonly MappingRow[];
  readonly schemas: ReadonlyMap<string, DescribedObject>;
  readonly mappings: readonly Mapping[];
  readonly problems: readonly Problem[];
  readonly flows: Flows;
  readonly ownership: Ownership;
  readonly stores: readonly StoreCheck[];
}

/** Everything that is wrong or worth a look in one mapping. */
export function checkMapping(row: MappingRow, ground: Ground): MappingCheck {
  const { name: mapping, label, resource, object } = row;
  const direction = lower(row.direction) || 'to_salesforce';
  const compiled = ground.mappings.find(({ name }) => name === mapping);
  const schema = [...ground.schemas.values()].find(
    ({ name }) => name.toLowerCase() === object?.trim().toLowerCase(),
  );
  const findings = [
    ...ground.problems.filter((problem) => problem.mapping === mapping).map(ofProblem),
    ...mappedBy(row).flatMap((mapped) => checkShown(row, mapped, ground.stores)),
    ...checkOffRows(row, ground.source),
    ...(schema ? checkRights(row, schema) : []),
    ...(schema ? checkTotals(row, schema, ground.schemas, ground.source.stores) : []),
    ...checkSales(row, ground.source),
    ...(schema ? checkFlows(row, schema, ground.flows) : []),
    ...(schema ? checkOwnership(row, fieldsOf(row, ground), schema, ground.ownership) : []),
    ...(schema ? checkCurrency(row, fieldsOf(row, ground), schema) : []),
    ...checkFields(row, schema, ground, compiled),
    ...checkConditions(row, ground),
    ...(compiled ? tryOut(compiled, ground.stores) : []),
  ];
  return { mapping, label, resource, object, direction, findings };
}

function checkFields(
  row: MappingRow,
  schema: DescribedObject | undefined,
  ground: Ground,
  compiled: Mapping | undefined,
): Finding[] {
  const [mapped] = mappedBy(row);
  if (mapped === undefined || !schema) return [];
  const { resource } = mapped;
  const records = sampled(row, ground);
  return fieldsOf(row, ground).flatMap((field) => {
    const direction = lower(field.direction) || lower(row.direction);
    return [
      ...(direction === 'to_woo' || isHeld(field, ground)
        ? []
        : checkFieldType(resource, field, schema)),
      // Of products, compiling says it.
      ...(resource !== 'product' && ['to_woo', 'both'].includes(direction)
        ? checkTowardsWoo(resource, field, schema)
        : []),
      ...checkCustomField(mapped, field, records),
      ...(direction === 'to_woo'
        ? []
        : checkValueTable(resource, field, schema, records, compiled ?? null)),
    ];
  });
}

/** Compiling says what is wrong with it, and its type matters once that is right. */
function isHeld({ name }: FieldMappingRow, { problems }: Ground): boolean {
  return problems.some(({ place, fatal }) => fatal && place === name);
}

function fieldsOf(row: MappingRow, { source }: Ground): readonly FieldMappingRow[] {
  return source.fields.filter(({ mapping }) => lower(mapping) === lower(row.name));
}

function checkConditions(row: MappingRow, ground: Ground): Finding[] {
  const [mapped] = mappedBy(row);
  if (mapped === undefined) return [];
  return ground.source.conditions
    .filter(({ mapping }) => lower(mapping) === lower(row.name))
    .flatMap((condition) => {
      const records = sampled(row, ground);
      return [
        ...checkCondition(mapped.resource, condition, records),
        ...checkCustomField(mapped, condition, records),
        ...checkPeriod(condition),
      ];
    });
}

function sampled(row: MappingRow, { stores }: Ground) {
  const [mapped] = mappedBy(row);
  if (mapped === undefined) return [];
  return stores.flatMap(({ samples }) => samples.get(sampleOf(mapped)) ?? []);
}
