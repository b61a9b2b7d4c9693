import { DEFAULT_META_KEY } from '../../../mapping/keys/record-id-meta.ts';
import { objects, text } from '../../../mapping/model/json-shape.ts';
import type { Mapping } from '../../../mapping/model/mapping.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import type { SyncBase } from '../../../ports/two-way-state.ts';
import { agreedName } from '../../model/digest.ts';
import type { Run } from '../../model/run.ts';
import { OrgRecords } from '../../read/read-org-rows.ts';
import { customerOf, readItems } from './draft-lines.ts';
import type { Born, KnownBorn, Newborn } from '../newborn.ts';
import { heldDigest, type SentOnce } from '../sent-values.ts';

const SENT_ONCE = /^(?:store|customer_note|(?:billing|shipping)(?:\..+)?)$/;
/** What stands for the lines of a draft, beside its fields. */
const LINES = 'line_items';

/** Fields of a draft that its order is made of, beside what its mapping sends at all times. */
export function sentOnce(mapping: Mapping): readonly SentOnce[] {
  const buyer = customerOf(mapping);
  const sent = mapping.fields.flatMap(({ field, attribute }): SentOnce[] =>
    attribute !== null && SENT_ONCE.test(attribute) ? [{ field, attribute }] : [],
  );
  return buyer === undefined ? sent : [...sent, buyer];
}

/**
 * Says of orders which fields and lines of their drafts were edited after they were sent: the shop leads those, and
 * what it has is written over the edit. What is found is kept before that, for a process that is killed after it.
 */
export async function tellEdited(run: Run, { linked, found, made }: KnownBorn): Promise<void> {
  const born = [...found, ...made];
  const edited = [
    ...(await editedFields(run, born)),
    ...(await otherLines(run, found)),
    ...(await untold(run, linked)),
  ];
  const all = [...Map.groupBy(edited, ({ one }) => one)];
  await run.state.twoWay.savePending(
    all.map(([{ mapping, key, recordId }, edits]) => ({
      object: mapping.object,
      key,
      recordId,
      pending: Object.fromEntries(edits.map(({ what }) => [agreedName(what), ['', '']] as const)),
    })),
  );
  for (const [one, edits] of all)
    tell(
      run,
      one,
      edits.map(({ what }) => what),
    );
}

interface Edit {
  readonly one: Newborn;
  readonly what: SentOnce;
}

/** Read once more: the shop may have taken its time. */
async function editedFields(run: Run, born: readonly Born[]): Promise<readonly Edit[]> {
  const kept = await keptOf(run, born);
  const asked = born.flatMap((one) => {
    const { base = {} } = kept.get(one) ?? {};
    const fields = shopLed(one.mapping).filter((field) => agreedName(field) in base);
    return fields.length === 0 ? [] : [{ one, base, fields }];
  });
  const records = new OrgRecords();
  for (const { one, fields } of asked) {
    const names = fields.map(({ field }) => field);
    records.want(one.mapping.object, one.recordId, names);
  }
  const rows = await records.read(run.org);
  return asked.flatMap(({ one, base, fields }) => {
    const held = rows.get(one.recordId);
    // Deleted meanwhile: the order comes as a record of its own.
    if (held === undefined) return [];
    return fields
      .filter((field) => base[agreedName(field)]?.[1] !== heldDigest(held, field))
      .map((what) => ({ one, what }));
  });
}

/** Of what an order is made of the fields that the shop leads afterwards. */
export function shopLed(mapping: Mapping): readonly SentOnce[] {
  const outgoing = new Set(mapping.outgoing.map(({ field }) => field));
  return sentOnce(mapping).filter(({ field }) => !outgoing.has(field));
}

/** In which lines drafts differ by now from the orders that an earlier attempt has made of them. */
async function otherLines(run: Run, found: readonly Born[]): Promise<readonly Edit[]> {
  if (found.length === 0) return [];
  const lines = Map.groupBy(await readItems(run, found), ({ draft }) => draft);
  return found.flatMap((one) => {
    const sold = new Map(
      objects(one.record['line_items']).map((line) => [lineId(line), Number(line['quantity'])]),
    );
    return (lines.get(one.recordId) ?? [])
      .filter(({ recordId, quantity }) => sold.get(recordId) !== Number(quantity))
      .map(({ name }) => ({ one, what: { field: name, attribute: LINES } }));
  });
}

function lineId(line: WooRecord): string {
  return text(objects(line['meta_data']).find(({ key }) => key === DEFAULT_META_KEY)?.['value']);
}

/** What a process had found that was killed before it could say so. */
async function untold(run: Run, linked: readonly Newborn[]): Promise<readonly Edit[]> {
  return [...(await keptOf(run, linked))].flatMap(([one, { pending }]) =>
    Object.keys(pending).map((name) => {
      const at = name.lastIndexOf('<');
      return { one, what: { field: name.slice(0, at), attribute: name.slice(at + 1) } };
    }),
  );
}

async function keptOf<T extends Newborn>(
  run: Run,
  newborns: readonly T[],
): Promise<ReadonlyMap<T, SyncBase>> {
  const found = new Map<T, SyncBase>();
  for (const [object, some] of Map.groupBy(newborns, ({ mapping }) => mapping.object)) {
    const keys = some.map(({ key }) => key);
    const kept = await run.state.twoWay.syncBases(object, keys);
    for (const one of some) {
      const own = kept.get(one.key);
      if (own?.recordId === one.recordId) found.set(one, own);
    }
  }
  return found;
}

/** Names, and no values: most are of the buyer. */
function tell(run: Run, one: Newborn, edits: readonly SentOnce[]): void {
  const lines = edits.filter(({ attribute }) => attribute === LINES);
  const fields = edits.filter(({ attribute }) => attribute !== LINES);
  const parts = [
    ...(lines.length === 0
      ? []
      : [
          `it does not have ${lines.map(({ field }) => `"${field}"`).join(', ')} as the draft does`,
        ]),
    ...(fields.length === 0
      ? []
      : [`what was entered since in ${fields.map(({ field }) => field).join(', ')} is not in it`]),
  ];
  run.report.fail(one.mapping, {
    key: one.key,
    recordId: one.recordId,
    aspect: 'edited',
    code: 'DRAFT_CHANGED',
    // Whoever has edited the draft has saved it, so that it is looked at once more, with nothing to say.
    untilDecided: true,
    field: fields.length === 1 ? (fields[0]?.field ?? null) : null,
    message: `The shop made order ${String(one.wooId)} of the draft before it was changed: ${parts.join('; ')}.`,
  });
}
