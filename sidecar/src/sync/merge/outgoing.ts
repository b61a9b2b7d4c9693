import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { FieldVersions, SyncBase } from '../../ports/two-way-state.ts';
import { agreedName } from '../model/digest.ts';
import type { Planned } from '../model/record.ts';

/** The fields that go to the shop for this record. */
export function outgoingOf({ mapping, record }: Planned): readonly OutgoingField[] {
  return mapping.outgoing.filter(({ meets }) => meets === undefined || meets(record));
}

/** What is known of one of them. */
export function knownOf(
  agreement: SyncBase | undefined,
  field: OutgoingField,
): { readonly base: FieldVersions | undefined; readonly pending: FieldVersions | undefined } {
  const name = agreedName(field);
  return { base: agreement?.base[name], pending: agreement?.pending[name] };
}
