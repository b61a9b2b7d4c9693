import { CodedError } from '../../errors/coded-error.ts';
import { soqlText } from '../../lib/soql.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import { heldFor, type HeldMapping } from '../../ports/held-mappings.ts';
import type { Issue, WhichIssues } from '../../ports/issues.ts';
import { isGroup, isOfPart } from '../../sync/report/issue-group.ts';
import { isStanding } from '../../sync/report/issue-key.ts';
import {
  changesOf,
  type Command,
  type CommandsParts,
  type CommandResult,
  quoted,
  storeOf,
  storesOf,
  wooIdsOf,
  type Work,
} from './command.ts';
import { awaitedBy, leftOutLines } from './left-out.ts';
import { count, first } from './output/result-text.ts';
import { issueLine } from './sync-now.ts';
import { waitForProcessing, parted } from './wait-for-processing.ts';

/** Issues of one read. */
const PAGE = 1000;
/** Reasons in a result. */
const SHOWN = 20;

/** An issue as far as trying it again needs it. */
type Tried = Pick<Issue, 'key' | 'change'>;

/**
 * Has the records of open issues looked at again: of one, or of those of stores, resources and ids.
 * @throws CodedError where the issue is not there, or they were not looked at in time
 */
export async function retry(parts: CommandsParts, work: Work): Promise<CommandResult> {
  const { command, setup } = work;
  const issues =
    command.recordId === ''
      ? await openIssues(parts, command, setup)
      : await oneIssue(parts, command);
  if (issues.length === 0) return nothingToTry(command, setup);
  const changes = changesIn(issues);
  if (changes.length > 0) await waitForProcessing(parts, work, changes);
  return describe(parts, issues, work);
}

/** Issues of the configuration and the org are not tried: they close once what they name is corrected. */
function nothingToTry(command: Command, setup: Work['setup']): CommandResult {
  const held = storesOf(command, setup).flatMap(({ store }) => heldFor(setup, store.key));
  const text = ['There is no open issue of a record to try again.', ...leftOutLines(held)];
  return { failed: false, text: text.join('\n') };
}

function changesIn(issues: readonly Tried[]): readonly ChangeEvent[] {
  const changes = issues.flatMap(({ change }) => change ?? []);
  return [
    ...new Map(changes.map((change) => [`${change.resource} ${change.key}`, change])).values(),
  ];
}

async function oneIssue(
  { org, issues }: CommandsParts,
  { recordId }: Command,
): Promise<readonly Tried[]> {
  const isId = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(recordId);
  const [row] = isId
    ? await org.query(
        `SELECT Id, Issue_Key__c FROM Woo_Sync_Issue__c WHERE Id = ${soqlText(recordId)}`,
      )
    : [];
  if (row !== undefined)
    return triedOf(issues, { withGroup: String(row['Issue_Key__c']) }, () => true);
  throw new CodedError(
    'COMMAND_ISSUE_UNKNOWN',
    `Record ID holds ${quoted(recordId)}, and there is no sync issue with this id.`,
    'Copy the id from the address of the issue; or leave Record ID empty to try all open issues again.',
  );
}

async function openIssues(
  { issues }: CommandsParts,
  command: Command,
  setup: Work['setup'],
): Promise<readonly Tried[]> {
  const { resource } = command;
  const tried: Tried[] = [];
  // Items and refunds come along with their order, and guests with nothing that could be looked at.
  const isAsked = (issue: Issue) => resource === '' || comesWith(issue) === resource;
  for (const which of asked(command, setup)) tried.push(...(await triedOf(issues, which, isAsked)));
  return tried;
}

/** What is tried of open issues, however many there are. */
async function triedOf(
  issues: CommandsParts['issues'],
  which: WhichIssues,
  isAsked: (issue: Issue) => boolean,
): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (let after = ''; ;) {
    const page = await issues.find({ ...which, after }, PAGE);
    const wanted = withoutGroups(page).filter((issue) => !isStanding(issue) && isAsked(issue));
    tried.push(...wanted.map(({ key, change }) => ({ key, change })));
    if (page.length < PAGE) return tried;
    after = page.at(-1)?.key ?? '';
  }
}

/** What it comes along with; of several resources that share a queue, its own. */
function comesWith({ change, resource }: Issue): string | null {
  return change === null || change.resource === 'content' ? resource : change.resource;
}

/** In place of those that stand for many, these many are found; parts are tried with what they are of. */
function withoutGroups(issues: readonly Issue[]): readonly Issue[] {
  return issues.filter((issue) => !isGroup(issue) && !isOfPart(issue));
}

function asked(command: Command, setup: Work['setup']): readonly WhichIssues[] {
  const ids = wooIdsOf(command);
  if (command.resource !== '') changesOf(command, '', []);
  if (ids.length === 0) return storesOf(command, setup).map(({ store }) => ({ store: store.key }));
  const { store } = storeOf(command, setup);
  const changeKeys = changesOf(command, store.key, ids).map(({ key }) => key);
  return [{ store: store.key, changeKeys }];
}

async function describe(
  { issues }: CommandsParts,
  tried: readonly Tried[],
  { setup, signal: { aborted: isStopped } }: Work,
): Promise<CommandResult> {
  const lines: string[] = [];
  const awaited = new Set<HeldMapping>();
  for (const some of parted(tried)) {
    const open = await issues.find({ keys: some.map(({ key }) => key) }, some.length);
    lines.push(...open.map((issue) => issueLine(issue, setup)));
    for (const one of open.flatMap((issue) => awaitedBy(setup, issue))) awaited.add(one);
  }
  const alone = tried.filter(
    ({ change, key }) => change === null && key.includes(':guest:'),
  ).length;
  const text = [
    ...(isStopped ? ['Stopped; what was asked for goes on.'] : []),
    `${count(tried.length, 'open issue')} tried again: ${tried.length - lines.length} resolved, ${lines.length} still open.`,
    ...(alone === 0
      ? []
      : [
          `${count(alone, 'issue')} of guests: they are tried again with the next order of the guest.`,
        ]),
    ...first(lines, SHOWN),
    ...first(leftOutLines(awaited), SHOWN),
  ];
  return { failed: false, text: text.join('\n') };
}
