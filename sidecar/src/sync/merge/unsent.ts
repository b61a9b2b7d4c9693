import type { OutgoingField, UnsentField } from '../../mapping/model/mapping.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import type { Pair, SyncBase } from '../../ports/two-way-state.ts';
import type { OrgRow } from '../../ports/org.ts';
import { agreedName, digest } from '../model/digest.ts';
import type { Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import type { HeardFailure } from '../report/run-report.ts';

/** A record of Salesforce as it was read, and what its store shows of it. */
interface Looked {
  readonly row: Planned;
  readonly recordId: string;
  readonly held: OrgRow;
}

type LinkedPair = Pair & { readonly byId: boolean };

/**
 * Says that edits in Salesforce go nowhere: the mapping of a record's store does not send the field, though that of
 * another store does, so that people may enter it. What the shop says is written back beside this. Nothing is said of a
 * field that goes to the shop of another store which has the same record, nor of what such a store has left there, though
 * it has the record no more: two statements of the state at the most, and none where no field holds what the shop does not say.
 * Whether a store has the record that has still to be loaded is not known: what stands in Salesforce alone stays reported until then.
 * @param us id of the user that we write as
 */
export async function reportUnsent(run: Run, us: string, looked: readonly Looked[]): Promise<void> {
  const edited = looked
    .map((one) => ({ ...one, fields: editedOf(us, one) }))
    .filter(({ fields }) => fields.length > 0);
  if (edited.length === 0) return;
  const pairs = await run.state.twoWay.linkedTo(edited.map(({ recordId }) => recordId));
  const unsent = edited.flatMap((one) => {
    const { row, recordId, fields } = one;
    const others = pairs.filter(
      (pair) =>
        pair.recordId === recordId && pair.object === row.mapping.object && pair.key !== row.key,
    );
    const left = fields.filter((field) => !others.some((other) => goesTo(field, other)));
    return left.length === 0 ? [] : [{ ...one, fields: left }];
  });
  if (unsent.length === 0) return;
  const bases = await run.state.twoWay.basesOf(unsent.map(({ recordId }) => recordId));
  const unread = (await run.unreadStores?.()) ?? [];
  const isFor = (field: UnsentField, store: string) =>
    field.goesTo(store, 'own') || field.goesTo(store, 'foreign');
  for (const { row, recordId, held, fields } of unsent) {
    const known = bases.filter((base) => base.recordId === recordId);
    const left = fields.filter(
      (field) => field.field in row.row.fields || !wasInStep(field, held[field.field], known),
    );
    const waiting = left.filter(
      (field) => !(field.field in row.row.fields) && unread.some((store) => isFor(field, store)),
    );
    if (waiting.length > 0) run.stillDirty.add(row.key);
    report(
      run,
      row,
      held,
      left.filter((field) => !waiting.includes(field)),
    );
  }
}

/** Whether Salesforce holds what a store has written to the field or has taken from it: it is no edit. */
function wasInStep(field: UnsentField, held: unknown, known: readonly SyncBase[]): boolean {
  const name = agreedName(field);
  const version = digest(field.fromSalesforce(held));
  return known.some(({ base, pending }) =>
    [base[name], pending[name]].some((sides) => sides?.[1] === version),
  );
}

function goesTo(field: UnsentField, { key, byId }: LinkedPair): boolean {
  return field.goesTo(parseKey(key).store, byId ? 'foreign' : 'own');
}

function editedOf(us: string, { row, held }: Looked): readonly UnsentField[] {
  const { mapping } = row;
  const values = row.row.fields;
  const isOurs = held['LastModifiedById'] === us;
  // What the shop has no word of stays until a person takes it away, whatever we have written beside it since.
  return (mapping.unsent ?? []).filter((one) =>
    one.field in values
      ? !isOurs && !mapping.holds(one.field, values[one.field] ?? null, held[one.field])
      : one.fromSalesforce(held[one.field]) !== null,
  );
}

function report(run: Run, planned: Planned, held: OrgRow, edited: readonly UnsentField[]): void {
  // What stands in Salesforce alone is asked for at each look, until it does so no more.
  if (edited.some(({ field }) => !(field in planned.row.fields))) run.stillDirty.add(planned.key);
  const ofAShop = edited.filter(({ ofStores }) => ofStores.length > 0);
  const unsent = edited.filter((one) => !ofAShop.includes(one));
  if (unsent.length > 0) {
    const message = `The mapping ${planned.mapping.name} of this store does not send ${namesOf(unsent)} to the shop: what the shop says of it is back in Salesforce, and what it does not say is in Salesforce alone.`;
    fail(run, planned, held, unsent, { code: 'EDIT_NOT_SENT', aspect: 'unsent', message });
  }
  if (ofAShop.length > 0) {
    const stores = [...new Set(ofAShop.flatMap((one) => one.ofStores))].join(', ');
    const message = `The shop of the store ${stores} does not have this record, or has it in its trash: ${namesOf(ofAShop)}, which goes to that shop alone, is in Salesforce alone.`;
    fail(run, planned, held, ofAShop, { code: 'EDIT_NOT_IN_SHOP', aspect: 'not in shop', message });
  }
}

function fail(
  run: Run,
  { mapping, key, link }: Planned,
  held: OrgRow,
  fields: readonly OutgoingField[],
  failure: Pick<HeardFailure, 'code' | 'aspect' | 'message'>,
): void {
  const [first, ...more] = fields;
  const only = more.length === 0 ? first : undefined;
  const value = only === undefined ? null : only.fromSalesforce(held[only.field]);
  run.report.fail(mapping, {
    ...failure,
    key,
    recordId: link?.recordId ?? null,
    field: only?.field ?? null,
    ...(value !== null && { salesforceValue: String(value) }),
  });
}

function namesOf(fields: readonly OutgoingField[]): string {
  return fields.map(({ field }) => field).join(', ');
}
