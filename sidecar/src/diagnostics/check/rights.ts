import type { MappingRow } from '../../mapping/model/config-rows.ts';
import { lower, resourceOf } from '../../mapping/model/resource-of.ts';
import { isPart } from '../../mapping/model/resources.ts';
import { findField } from '../../mapping/model/schema.ts';
import type { DescribedObject } from '../../ports/org.ts';
import { error, type Finding, warning } from './finding.ts';

/** What the mapping does and the integration user may not. Fields are checked where their mappings are read. */
export function checkRights(row: MappingRow, schema: DescribedObject): Finding[] {
  if (lower(row.direction) === 'to_woo') return [];
  return [...checkObject(row, schema), ...checkKey(row, schema)];
}

function checkObject(row: MappingRow, schema: DescribedObject): Finding[] {
  const findings: Finding[] = [];
  const missing = (right: string, effect: string) => ({
    code: `GRANT_${right.toUpperCase()}`,
    place: row.name,
    message: `The integration user may not ${right} records of ${schema.name}${effect}.`,
    cure: `Grant ${right} on ${schema.name} (Object Settings) in a permission set of your own that the integration user has; an upgrade replaces Woo_Integration.`,
  });
  if (row.onCreate && !schema.createable) findings.push(error(missing('create', '')));
  if (!schema.updateable) findings.push(error(missing('edit', '')));
  if (schema.deletable) return findings;
  if ([lower(row.deleteRule), lower(row.whenUnmet)].includes('delete')) {
    findings.push(error(missing('delete', ', which the mapping asks for')));
  } else if (resourceOf(row).some(isPart)) {
    findings.push(warning(missing('delete', ': what an order has no longer will stay')));
  }
  return findings;
}

/** An upsert by a key that may be read, but not written, fails for each new record. */
function checkKey({ name, externalIdField }: MappingRow, schema: DescribedObject): Finding[] {
  const wanted = externalIdField?.trim() ?? '';
  const key = findField(schema, wanted === '' ? 'Woo_Key__c' : wanted);
  if (!key || key.createable) return [];
  return [
    error({
      code: 'GRANT_KEY',
      place: name,
      message: `The integration user may not edit ${schema.name}.${key.name}, which holds the keys of ${name}.`,
      cure: `Grant edit on ${key.name} in a permission set of your own that the integration user has; an upgrade replaces Woo_Integration.`,
    }),
  ];
}
