import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { type Base, REFUSED, type SyncBase } from '../../ports/two-way-state.ts';
import { agreedName, digest } from './digest.ts';
import type { Planned } from './record.ts';
import type { Run } from './run.ts';

/** Why the shop does not have what a person entered. */
export interface Refused {
  readonly code: string;
  readonly message: string;
}

/*
 * A value that the shop does not take goes back to what the shop has, and both sides are in step again. So that its
 * issue stays until the field changes once more, the sync base keeps the refusal beside the field.
 */
const nameOf = (field: OutgoingField): string => `${agreedName(field)}${REFUSED}`;

/** What the sync base keeps of a refusal: as long as the shop's value is this one, it stands. */
export function kept(field: OutgoingField, record: WooRecord, { code, message }: Refused): Base {
  return { [nameOf(field)]: [digest(field.fromWoo(record)), `${code} ${message}`] };
}

/** The field has changed since. */
export function overFor(field: OutgoingField): Base {
  return { [nameOf(field)]: ['', ''] };
}

/** A record of Salesforce and what it is in the shop. */
interface Place {
  readonly row: Pick<Planned, 'mapping' | 'key'>;
  readonly recordId: string;
}

interface Known extends Place {
  readonly row: Planned;
  readonly base: SyncBase | undefined;
}

export function report(
  run: Run,
  { row: { mapping, key }, recordId }: Place,
  { field }: OutgoingField,
  refused: Refused,
): void {
  run.report.fail(mapping, { ...refused, key, recordId, field, aspect: `${field} refused` });
}

/**
 * Reports refusals that stand.
 * @param isAnew whether something new was decided of the field: what was refused before says nothing of it
 * @returns what is to be forgotten of others
 */
export function standing<One extends Known>(
  run: Run,
  linked: readonly One[],
  isAnew: (one: One, field: OutgoingField) => boolean,
) {
  return linked.flatMap((one) => {
    const { object, outgoing } = one.row.mapping;
    const still = outgoing.filter((field) => field.revertsIfRefused && !isAnew(one, field));
    const over = still.flatMap((field) => lookAt(run, one, field));
    const base = Object.assign({}, ...over) as Base;
    return over.length === 0 ? [] : [{ object, key: one.row.key, recordId: one.recordId, base }];
  });
}

function lookAt(run: Run, one: Known, field: OutgoingField): readonly Base[] {
  const [inWoo, said] = one.base?.base[nameOf(field)] ?? ['', ''];
  if (inWoo === '') return [];
  // A load brings all into step: where both sides agree, nothing stands open after it.
  const isLoad = run.enqueueFollowUps === undefined;
  if (isLoad || inWoo !== digest(field.fromWoo(one.row.record))) return [overFor(field)];
  const [code = '', ...words] = said.split(' ');
  report(run, one, field, { code, message: words.join(' ') });
  return [];
}
