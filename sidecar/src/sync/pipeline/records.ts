import type { PipelineRun } from './pipeline-run.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import type { Read } from '../model/record.ts';
import { withParents } from '../read/variations.ts';
import { candidates, plan } from '../transform/plan-rows.ts';
import { addPage } from './match-buffer.ts';

/** Brings records that stand for themselves into step, each through every mapping of its resource. */
export async function pullSingles(
  run: PipelineRun,
  resource: Resource,
  records: readonly WooRecord[],
  read: Read,
): Promise<void> {
  if (resource === 'product') run.imageUploads.see(records);
  const owned = records.map((record) => ({ record, parentKey: null }));
  const planned = await plan(run, candidates(run, resource, owned, read));
  await addPage(run, { planned, page: read.page, known: null });
}

/**
 * Variations are products that are named after their product.
 * @param products that were read already
 */
export async function pullVariations(
  run: PipelineRun,
  variations: readonly WooRecord[],
  read: Read,
  products: readonly WooRecord[] = [],
): Promise<void> {
  const named = await withParents(run.store, variations, products);
  await pullSingles(run, 'product', named, read);
}
