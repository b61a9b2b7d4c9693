import { parseKey } from '../../mapping/keys/keys.ts';
import { parseNewKey } from '../../mapping/keys/new-record-key.ts';
import { broughtBy } from '../../mapping/model/resources.ts';
import { isNamedBy } from '../../ports/change-for.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import { heldFor } from '../../ports/held-mappings.ts';
import type { Issue } from '../../ports/issues.ts';
import { isUncertain } from '../../ports/link.ts';
import type { Setup } from '../../ports/setup.ts';
import type { CommandsParts, CommandResult, Work } from './command.ts';
import { awaitedBy, lacksItself, leftOutLines, leftOutOf } from './left-out.ts';
import { first } from './output/result-text.ts';
import { targetsOf } from './targets.ts';
import { waitForProcessing, parted } from './wait-for-processing.ts';

/** Lines of each kind in a result. */
const SHOWN = 50;
/** Issues of one record. */
const ISSUES = 200;

/**
 * Has the records that a command names read again on both sides, and what differs written.
 * @throws CodedError where it names none, or they were not looked at in time
 */
export async function syncNow(parts: CommandsParts, work: Work): Promise<CommandResult> {
  const changes = await targetsOf(parts, work.command, work.setup);
  // What was written before may have been changed by hand since: it is written again.
  await forgetWritten(parts, work.setup, changes);
  await waitForProcessing(parts, work, changes);
  if (work.signal.aborted) return { failed: false, text: 'Stopped; what was asked for goes on.' };
  return describe(parts, work, changes);
}

async function forgetWritten(
  { state }: CommandsParts,
  setup: Setup,
  changes: readonly ChangeEvent[],
): Promise<void> {
  const groups = Map.groupBy(changes, ({ resource, key }) => `${parseKey(key).store} ${resource}`);
  for (const some of groups.values()) {
    const objects = some.slice(0, 1).flatMap((change) => objectsOf(setup, change));
    await state.clearHashes(
      some.map(({ key }) => key),
      objects,
    );
  }
}

/** Where the changed record and its parts go, also once held mappings are mended. */
function objectsOf(setup: Setup, { resource, key }: ChangeEvent): readonly string[] {
  const { store } = parseKey(key);
  const own = broughtBy(resource);
  const running = setup.stores.find((one) => one.store.key === store)?.mappings ?? [];
  return [...running, ...heldFor(setup, store)].flatMap(({ resource: of, object }) =>
    object !== null && (of === null || own.includes(of)) ? [object] : [],
  );
}

async function describe(
  parts: CommandsParts,
  work: Work,
  changes: readonly ChangeEvent[],
): Promise<CommandResult> {
  const issues = await issuesOf(parts, changes);
  const refused: string[] = [];
  const others: string[] = [];
  const leftOut = changes.flatMap((change) => leftOutOf(work.setup, change));
  for (const change of changes) {
    const own = issues.filter((issue) => isOf(issue, change));
    refused.push(...own.map((issue) => issueLine(issue, work.setup)));
    if (own.length === 0) others.push(await standing(parts, work, change));
  }
  return {
    failed: refused.length > 0 || changes.some((change) => lacksItself(work.setup, change)),
    text: [
      ...first(refused, SHOWN),
      ...first(others, SHOWN),
      ...first(leftOutLines(leftOut), SHOWN),
    ].join('\n'),
  };
}

async function issuesOf(
  { issues }: CommandsParts,
  changes: readonly ChangeEvent[],
): Promise<readonly Issue[]> {
  const found: Issue[] = [];
  for (const some of parted(changes)) {
    const changeKeys = some.map(({ key }) => key);
    found.push(...(await issues.find({ changeKeys }, changeKeys.length * ISSUES)));
  }
  return found;
}

function isOf({ change: hint }: Issue, { resource, key }: ChangeEvent): boolean {
  return hint?.resource === resource && hint.key === key;
}

/** An issue in one line. What would cure it is of no use while its mapping is held. */
export function issueLine(issue: Issue, setup: Setup): string {
  const { resource, object, recordKey, code, reason, cure } = issue;
  const what = `${resource ?? object} ${recordKey}`;
  const held = awaitedBy(setup, issue).map(({ label }) => label);
  return held.length > 0
    ? `${what} is not in step, and its issue (${code}) waits until ${held.join(' and ')} runs again.`
    : `${what} is not in step. ${code}: ${reason} ${cure}`;
}

/** What is known of a record that was looked at and has no issue. */
async function standing(
  { state }: CommandsParts,
  { setup }: Work,
  change: ChangeEvent,
): Promise<string> {
  const { resource, key } = change;
  const made = parseNewKey(key);
  if (made !== null) return standingOfNew(state, key, made.recordId);
  const store = setup.stores.find((one) => one.store.key === parseKey(key).store);
  const mappings = store?.mappings.filter((one) => isNamedBy(one, change)) ?? [];
  const places: string[] = [];
  for (const object of new Set(mappings.map((one) => one.object))) {
    const link = (await state.links(object, [key])).get(key);
    if (link?.state === 'soft_deleted')
      places.push(`${object} ${link.recordId} (flagged as deleted)`);
    else if (link?.state === 'verified' && !isUncertain(link))
      places.push(`${object} ${link.recordId}`);
  }
  const lacks = lacksItself(setup, { resource, key });
  if (places.length > 0)
    return `${resource} ${key} is in step${lacks ? ', but for what is left out' : ''}: ${places.join(', ')}.`;
  return lacks
    ? `${resource} ${key} is not written.`
    : `${resource} ${key} was looked at, and no mapping writes it. The command "Explain a record" says why.`;
}

async function standingOfNew(
  { twoWay: pairs }: CommandsParts['state'],
  key: string,
  recordId: string,
): Promise<string> {
  const { store } = parseKey(key);
  const linked = await pairs.linkedTo([recordId]);
  const now = linked.find((pair) => parseKey(pair.key).store === store);
  return now === undefined
    ? `${recordId} was looked at, and was not made in the store ${store}: its mapping does not want it.`
    : `${recordId} is ${now.key} in the shop.`;
}
