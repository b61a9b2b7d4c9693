import { CodedError } from '../../errors/coded-error.ts';
import type { MappingRow } from '../../mapping/model/config-rows.ts';
import { lower } from '../../mapping/model/resource-of.ts';
import type { DescribedObject, Org } from '../../ports/org.ts';
import { error, type Finding, hint } from './finding.ts';

/** The flows whose names say that they are this project's. */
const FLOWS =
  "SELECT ApiName, IsActive, TriggerObjectOrEventLabel FROM FlowDefinitionView WHERE ApiName LIKE 'Woo%'";

/** By object: what its flows are called, and whether they run. Null where the org does not tell. */
export type Flows = ReadonlyMap<string, readonly { name: string; active: boolean }[]> | null;

/**
 * The flows by the label of their object. Asks only where a mapping goes to WooCommerce: nothing else needs them.
 */
export async function readFlows(org: Org, mappings: readonly MappingRow[]): Promise<Flows> {
  if (!mappings.some(goesToWoo)) return new Map();
  try {
    const rows = await org.query(FLOWS);
    const labels = Map.groupBy(rows, (row) => String(row['TriggerObjectOrEventLabel']));
    return new Map(
      [...labels].map(([label, flows]) => [
        label,
        flows.map((flow) => ({ name: String(flow['ApiName']), active: flow['IsActive'] === true })),
      ]),
    );
  } catch (refused) {
    // Who may not see the setup may not see flows; the rest of the check does not need them.
    if (refused instanceof CodedError && refused.code === 'SF_REFUSED') return null;
    throw refused;
  }
}

/** Whether changes in Salesforce are told to the sidecar at once, where the mapping sends them on. */
export function checkFlows(row: MappingRow, schema: DescribedObject, flows: Flows): Finding[] {
  if (!goesToWoo(row)) return [];
  const place = row.name;
  const label = schema.label;
  const own = flows?.get(label) ?? [];
  if (own.length === 0) {
    const why =
      flows === null
        ? `The org does not tell the integration user which flows it has, so it is not known whether a change of a ${label} is told to the sidecar at once.`
        : `The org has no flow that tells the sidecar of a change of a ${label}.`;
    const code = flows === null ? 'FLOW_UNKNOWN' : 'FLOW_MISSING';
    const cure = 'See Setup › Flows for flows on the object whose names start with Woo.';
    return [hint({ code, place, message: why, cure })];
  }
  return own
    .filter(({ active }) => !active)
    .map(({ name }) =>
      error({
        code: 'FLOW_INACTIVE',
        place,
        message: `The flow ${name} is not active, so nobody tells the sidecar of changes of a ${label}.`,
        cure: `Activate it in Setup › Flows. Production orgs deploy flows as inactive unless Setup › Process Automation Settings says otherwise.`,
      }),
    );
}

function goesToWoo({ direction }: MappingRow): boolean {
  return ['to_woo', 'both'].includes(lower(direction));
}
