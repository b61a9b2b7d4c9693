import { wooKey } from '../../mapping/keys/keys.ts';
import type { Mapping, OutgoingField } from '../../mapping/model/mapping.ts';
import type { FieldValue, WooRecord } from '../../mapping/model/record.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { Base, FieldVersions } from '../../ports/two-way-state.ts';
import { agreedName, digest } from '../model/digest.ts';
import type { Run } from '../model/run.ts';
import type { Born, Newborn } from './newborn.ts';

/** What stands for an empty field. */
const EMPTY = digest(null);

/** A field that is sent when a record is made. */
export interface SentOnce {
  readonly field: string;
  readonly attribute: string;
}

/**
 * Keeps what records of Salesforce hold that the shop is about to be asked to make: write-ahead, under the keys of new
 * records. Who edits one before it is linked has changed Salesforce alone.
 * @param shopLed fields that are sent now, and come from the shop afterwards
 */
export async function keepSent(
  run: Run,
  newborns: readonly Newborn[],
  shopLed: (mapping: Mapping) => readonly SentOnce[] = () => [],
): Promise<void> {
  const sent = newborns.map(({ key, mapping, recordId, held }) => {
    const base = [
      ...bothWays(mapping).map((field) =>
        asSent(field, digest(field.fromSalesforce(held[field.field]))),
      ),
      ...shopLed(mapping).map((field) => asSent(field, heldDigest(held, field))),
    ];
    return { object: mapping.object, key, recordId, base: Object.fromEntries(base) };
  });
  await run.state.twoWay.saveBase(sent);
}

function asSent(field: SentOnce, value: string): readonly [string, FieldVersions] {
  return [agreedName(field), [value, value]];
}

/** Of what the org has answered, which gives equal values in equal forms. */
export function heldDigest(held: OrgRow, { field }: SentOnce): string {
  return digest((held[field] ?? null) as FieldValue);
}

/** Makes what was kept the sync base of the records that the shop has made of them. */
export async function baseOnSent(run: Run, made: readonly Born[]): Promise<void> {
  const { twoWay } = run.state;
  for (const [object, some] of Map.groupBy(made, ({ mapping }) => mapping.object)) {
    const kept = await twoWay.syncBases(
      object,
      some.map(({ key }) => key),
    );
    await twoWay.saveBase(
      some.flatMap((one) => {
        const sent = kept.get(one.key);
        if (sent?.recordId !== one.recordId) return [];
        const key = wooKey(run.store.key, one.wooId ?? 0);
        return [{ object, key, recordId: one.recordId, base: agreed(one, sent.base) }];
      }),
    );
  }
}

function agreed({ mapping, record, held }: AsMade, sent: Base): Base {
  const known = bothWays(mapping).flatMap((field) => {
    const versions = versionsOf(field, { record, held }, sent[agreedName(field)]);
    return versions === undefined ? [] : [[agreedName(field), versions] as const];
  });
  return Object.fromEntries(known);
}

interface AsMade {
  readonly mapping: Mapping;
  readonly record: WooRecord;
  readonly held: OrgRow;
}

/** What was empty was not sent: the shop's own value comes, unless somebody has filled the field meanwhile. */
function versionsOf(
  field: OutgoingField,
  { record, held }: Omit<AsMade, 'mapping'>,
  sent: FieldVersions | undefined,
): FieldVersions | undefined {
  const now = field.fromSalesforce(held[field.field]);
  // A draft whose status was taken back is the order that the shop has made.
  if (now === null && field.attribute === 'status') return undefined;
  if (sent?.[1] !== EMPTY) return sent;
  return now === null ? undefined : [digest(field.fromWoo(record)), EMPTY];
}

function bothWays({ outgoing }: Mapping): readonly OutgoingField[] {
  return outgoing.filter(({ kind, direction }) => kind === 'value' && direction === 'both');
}
