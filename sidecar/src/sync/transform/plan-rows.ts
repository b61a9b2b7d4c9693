import { recordKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { ValueProblem, WooRecord } from '../../mapping/model/record.ts';
import type { Link } from '../../ports/link.ts';
import { mappingFor } from '../model/ownership.ts';
import type { RecordMap } from '../model/record-map.ts';
import type { Candidate, DeletionCandidate, Planned, Read } from '../model/record.ts';
import { isOfType, mappingsOf, type Run } from '../model/run.ts';
import { applyDeleteRules } from './deletions.ts';
import { holderOf, stepFor } from './entry-rule.ts';
import { linksOf } from './references.ts';
import { withoutRestored } from './restored.ts';
import { withoutStrangers } from './strangers.ts';

/** Every record through every mapping of its resource. Records without a usable key are left out. */
export function candidates(
  run: Run,
  resource: Mapping['resource'],
  records: readonly { readonly record: WooRecord; readonly parentKey: string | null }[],
  from: Read,
): Candidate[] {
  const { readNumber, readAt, page } = from;
  const found: Candidate[] = [];
  for (const mapping of mappingsOf(run, resource)) {
    for (const { record, parentKey } of records) {
      if (!isOfType(mapping, record)) continue;
      const key = recordKey(resource, record, run.store.key);
      if (key !== null) found.push({ mapping, record, key, parentKey, readNumber, readAt, page });
    }
  }
  return found;
}

/** What is known of candidates, where the caller has asked the state already. */
export interface Asked {
  readonly links?: RecordMap<Link>;
  /** As `OriginStore.others` has them. */
  readonly others?: ReadonlySet<string>;
}

/**
 * Decides which candidates are wanted and builds their rows, one per record of an object; those that must leave by the
 * delete rule go to the writer. What cannot be built is reported.
 */
export async function plan(
  run: Run,
  from: readonly Candidate[],
  { links, others }: Asked = {},
): Promise<readonly Planned[]> {
  const known = links ?? (await linksOf(run, from));
  const planned: Planned[] = [];
  const leaving: DeletionCandidate[] = [];
  for (const candidate of await withoutRestored(run, from, known)) {
    const { record, key, parentKey } = candidate;
    const link = known.get(candidate.mapping.object, key);
    const mapping = mappingFor(candidate.mapping, link);
    const report = run.report.of(mapping);
    report.read += 1;
    // The other one says what becomes of it.
    if (holderOf(run.mappings, candidate, link) !== candidate.mapping) continue;
    const step = stepFor(mapping, mapping.meets(record), link);
    if (step === 'leave' && link !== undefined) leaving.push({ mapping, link });
    if (step !== 'write') {
      run.report.see(mapping, key);
      if (link !== undefined) keepReported(run, mapping, key);
      continue;
    }
    report.wanted += 1;
    const { row, notes, problems } = mapping.build(record, run.store);
    if (row) {
      const { readNumber, readAt, page } = candidate;
      planned.push({ mapping, record, key, parentKey, readNumber, readAt, page, row, link });
      run.ids?.take(mapping, record, key, link);
      if (notes) run.report.note(mapping, key, notes);
    } else {
      failUnbuilt(run, { mapping, key, parentKey, link }, problems);
    }
  }
  const [first] = from;
  if (first !== undefined && leaving.length > 0) await applyDeleteRules(run, leaving, first);
  return withoutStrangers(run, planned, others);
}

/** What was edited in Salesforce of a record that is left alone stays reported until it is wanted again. */
function keepReported({ dirty, stillDirty }: Run, { outgoing }: Mapping, key: string): void {
  if (outgoing.length > 0 && dirty.has(key)) stillDirty.add(key);
}

function failUnbuilt(
  run: Run,
  { mapping, key, parentKey, link }: Pick<Planned, 'mapping' | 'key' | 'parentKey' | 'link'>,
  problems: readonly ValueProblem[],
): void {
  run.report.fail(mapping, {
    key,
    code: problems.map(({ code }) => code).join(', '),
    message: problems.map(({ message }) => message).join('; '),
    parentKey,
    recordId: link?.recordId ?? null,
    field: problems.find((problem) => problem.field !== '')?.field ?? null,
  });
}
