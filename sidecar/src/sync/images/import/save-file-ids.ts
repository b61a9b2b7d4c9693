import type { SeenFile } from '../../../ports/images.ts';
import type { ItemResult, OrgRow } from '../../../ports/org.ts';
import type { FieldVersions, Pair } from '../../../ports/two-way-state.ts';
import type { Run } from '../../model/run.ts';
import { IMAGES } from '../../model/digest.ts';
import { idsOf, type DesiredImages } from '../desired-images.ts';
import { stepOf } from '../direction.ts';
import type { ImageProblem } from '../types.ts';

/** A record whose images have become files. */
export interface Brought {
  /** What Salesforce wanted before. */
  readonly desired: DesiredImages;
  readonly held: OrgRow;
  /** What its fields are to hold. */
  readonly texts: Readonly<Record<string, string | null>>;
  /** What it wants then. */
  readonly next: DesiredImages;
  readonly problems: readonly ImageProblem[];
}

type Files = ReadonlyMap<string, SeenFile>;

/**
 * Writes the ids of the files into the fields, and remembers that both sides are in step. Where an image could not
 * come, that stays written ahead too: the next look tries that image again, and neither side counts as changed.
 */
export async function saveFileIds(
  run: Run,
  brought: readonly Brought[],
  files: Files,
): Promise<void> {
  if (brought.length === 0) return;
  const { twoWay, images } = run.state;
  await twoWay.savePending(brought.map((one) => ({ ...pairOf(one), pending: step(one, files) })));
  const refused = await write(run, brought.filter(isNews));
  const written = brought.filter((one) => !refused.has(one));
  await images.keepUses(written.map((one) => ({ ...pairOf(one), documentIds: idsOf(one.next) })));
  for (const one of brought) report(run, one, refused.get(one));
  await twoWay.saveBase(
    written.map((one) => {
      const base = step(one, files);
      return { ...pairOf(one), base, ...(one.problems.length > 0 && { pending: base }) };
    }),
  );
}

/** An empty field is null there. */
function isNews({ held, texts }: Brought): boolean {
  return Object.entries(texts).some(([field, value]) => (held[field] ?? null) !== value);
}

/** @returns those that the org has refused */
async function write(
  run: Run,
  brought: readonly Brought[],
): Promise<ReadonlyMap<Brought, ItemResult['errors']>> {
  const groups = [...Map.groupBy(brought, ({ desired }) => desired.row.mapping.object)];
  if (groups.length === 0) return new Map();
  const results = await run.org.write(
    groups.map(([object, some]) => ({
      ...({ kind: 'update', object } as const),
      records: some.map(({ desired, texts }) => JSON.stringify({ id: desired.recordId, ...texts })),
    })),
  );
  const refused = groups.flatMap(([, some], group) =>
    some.flatMap((one, at) => {
      const errors = results[group]?.[at]?.errors ?? [];
      return errors.length === 0 ? [] : [[one, errors] as const];
    }),
  );
  return new Map(refused);
}

function report(run: Run, { desired, problems }: Brought, errors: ItemResult['errors'] = []): void {
  const said = [...problems, ...errors];
  if (said.length === 0) return;
  const { row, recordId, field } = desired;
  const [first] = errors;
  run.stillDirty.add(row.key);
  run.report.fail(row.mapping, {
    key: row.key,
    recordId,
    field,
    aspect: 'pictures',
    code: [...new Set(said.map(({ code }) => code))].join(', '),
    message: [...new Set(said.map(({ message }) => message))].join(' '),
    ...(first && { errorKind: first.kind }),
  });
}

function step({ next }: Brought, files: Files): Readonly<Record<string, FieldVersions>> {
  return { [IMAGES]: stepOf(next, files) };
}

function pairOf({ desired: { row, recordId } }: Brought): Pair {
  return { object: row.mapping.object, key: row.key, recordId };
}
