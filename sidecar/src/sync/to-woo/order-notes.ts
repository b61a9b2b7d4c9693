import { secondsBefore } from '../../lib/gmt-seconds.ts';
import { NOTE_ATTRIBUTES } from '../../mapping/attributes/known-attributes.ts';
import { text } from '../../mapping/model/json-shape.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { decodeEntities } from '../../mapping/values/html-text.ts';
import type { OrderNote } from '../../ports/store.ts';
import type { Base } from '../../ports/two-way-state.ts';
import { agreedName, digest } from '../model/digest.ts';
import type { ChangedField, ShopChange } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import type { Reached } from './applied.ts';
import { shopRefusal } from './shop-refusal.ts';

/** A note on its way. */
interface Sending extends OrderNote {
  readonly change: ShopChange;
  readonly field: ChangedField;
  /** What its attempt is noted under, before it is sent. */
  readonly key: string;
}

export function isNote({ field }: ChangedField): boolean {
  return NOTE_ATTRIBUTES.has(field.attribute);
}

/**
 * Sends notes, each once: an attempt is noted before it is made, and where one was, or nothing is known of what was
 * sent before, the notes of the order are looked through first.
 * @throws CodedError where the shop is out; what was not sent is looked for then
 */
export async function sendNotes(run: Run, changes: readonly ShopChange[]): Promise<void> {
  const notes = changes.flatMap(notesOf);
  const begun = await run.state.twoWay.begunCreations(notes.map(({ key }) => key));
  for (const note of notes) await sendNote(run, note, begun.get(note.key) ?? null);
}

/** @param since when an attempt was begun of which nothing more is known; null for none */
async function sendNote(run: Run, note: Sending, since: Date | null): Promise<void> {
  const isUnsure = since !== null || note.field.isFirst;
  if ((isUnsure && (await isThere(run, note, since))) || (await isSent(run, note))) {
    await run.state.twoWay.saveBase(reachedBy(note));
    run.report.of(note.change.mapping).pushed += 1;
  }
  // Before the next one, for which the shop may be out: the same text, entered again, is not taken for this one.
  await run.state.twoWay.endCreations([note.key]);
}

function notesOf(change: ShopChange): readonly Sending[] {
  return change.fields.filter(isNote).flatMap((field) => {
    const { attribute } = field.field;
    const said = text(field.patch[attribute]);
    const key = `${change.key}:${attribute}:${digest(said)}`;
    const toCustomer = attribute === 'note_to_customer';
    return said === '' ? [] : [{ change, field, key, text: said, toCustomer }];
  });
}

async function isThere(run: Run, note: Sending, since: Date | null): Promise<boolean> {
  const from = since === null ? '' : secondsBefore(since.toISOString().slice(0, 19), 300);
  const notes = await run.store.orderNotes(Number(note.change.record['id']));
  return notes.some(
    (one) =>
      text(one['date_created_gmt']) >= from &&
      (one['customer_note'] === true) === note.toCustomer &&
      plain(text(one['note'])) === plain(note.text),
  );
}

/** As WordPress may give a text back: with entities, other blanks and without backslashes. */
function plain(note: string): string {
  return decodeEntities(note).replaceAll('\\', '').replaceAll(/\s+/g, ' ').trim();
}

async function isSent(run: Run, { change, field, key, ...note }: Sending): Promise<boolean> {
  const { mapping, recordId, record } = change;
  await run.state.twoWay.beginCreations([key]);
  const result = await run.store.addOrderNote(Number(record['id']), note);
  if ('record' in result) return true;
  run.stillDirty.add(change.key);
  run.report.fail(mapping, {
    key: change.key,
    recordId,
    aspect: 'shop',
    field: field.field.field,
    ...shopRefusal(result.error),
  });
  return false;
}

function reachedBy({
  change: { object, key, recordId },
  field: { field, held },
}: Sending): Reached {
  const none: WooRecord = {};
  const base: Base = {
    [agreedName(field)]: [digest(field.fromWoo(none)), digest(field.fromSalesforce(held))],
  };
  return [{ object, key, recordId, base }];
}
