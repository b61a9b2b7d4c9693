import type { Sidecar } from '../app/open-sidecar.ts';
import { beginLoad, endLoad, neededLoad } from '../engine/store/loaded-without.ts';
import { GuestIssues } from '../engine/store/guest-issues.ts';
import { LoadFindings } from '../engine/store/load-findings.ts';
import { forStore } from '../mapping/model/for-store.ts';
import { editableIn } from '../ports/change-for.ts';
import { heldFor } from '../ports/held-mappings.ts';
import type { WooStore } from '../ports/store.ts';
import { leadsOfStore } from '../sync/leads/leads-of-store.ts';
import { backfill, type BackfillOptions, type BackfillResult } from '../sync/pipeline/backfill.ts';
import { forgetDeleted } from '../sync/reconcile/foreign-edits.ts';

type Loaded = Pick<Sidecar, 'org' | 'state' | 'issues' | 'mappings' | 'held' | 'leadsOf' | 'tell'>;

/**
 * Runs the backfill of one store, keeps what fails and what it decides as issues, which the service writes to Salesforce
 * when it runs, and closes issues of guests that it finds to be over, as the command *Backfill* does: other issues are
 * looked at again by the service when it starts. What the first one lacks since its mapping is held, the service brings
 * once that is mended, as after a first backfill of its own. The service also looks again at records that somebody has
 * read or edited later than the load did.
 */
export async function loadStore(
  { org, state, issues, mappings, held, leadsOf, tell }: Loaded,
  store: WooStore,
  how: Pick<BackfillOptions, 'onProgress'> & { readonly dry: boolean },
): Promise<BackfillResult> {
  const options = {
    org,
    state,
    store,
    mappings,
    ...how,
    ...leadsOfStore(org, leadsOf(store.key)),
    userId: () => org.userId(),
  };
  if (how.dry) return backfill(options);
  const own = forStore(mappings, store.key);
  const load = { store, mappings: own, held: heldFor({ held }, store.key) };
  if ((await neededLoad(state, load)) !== null) await beginLoad(state, load);
  const guests = await GuestIssues.of(issues, store.key);
  await forgetDeleted({ org, state, store, mappings: own });
  const onWhole = () => endLoad(state, load);
  const found = new LoadFindings(own, async ({ failures, followUps }) => {
    // What a person typed meanwhile was given back: Salesforce must be asked for it.
    await state.twoWay.markDirty(editableIn(followUps));
    await tell({ failures, followUps });
  });
  const result = await backfill({ ...options, ...found.heardWith(guests), onWhole });
  await found.save();
  await guests.close({ result, isPart: false, mappings: own });
  return result;
}
