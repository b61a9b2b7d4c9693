import { RESOURCES } from '../mapping/model/resources.ts';
import type { Setup } from '../ports/setup.ts';
import { type Edit, type EditsParts, queueEdits } from '../sync/detect/outbound-edits.ts';

/** The package's objects, of which Salesforce tells too; in lower case. */
const COMMAND = 'woo_command__c';
const ISSUE = 'woo_sync_issue__c';

interface ReportedEditsParts extends EditsParts {
  /** An issue was edited: it may be decided. */
  readonly onIssue: () => void;
  /** Commands were edited. Not waited for: the message is confirmed before a command is carried out. */
  readonly onCommands: (recordIds: readonly string[]) => void;
}

/** Objects whose edits are to be reported, in lower case. */
export function reportedObjects(setup: Setup | null): ReadonlySet<string> {
  const mappings = (setup?.stores ?? []).flatMap((store) => store.mappings);
  const running = mappings.filter(({ outgoing }) => outgoing.length > 0);
  // What is edited while its mapping is held waits for it.
  const held = (setup?.held ?? []).filter(
    ({ resource }) => resource !== null && RESOURCES[resource].goesBack,
  );
  const objects = [...running, ...held].flatMap(({ object }) => object?.trim() ?? []);
  return new Set([...objects, COMMAND, ISSUE].map((object) => object.toLowerCase()));
}

/** Hands on what Salesforce has reported. Durable when it resolves. */
export async function takeEdits(parts: ReportedEditsParts, edits: readonly Edit[]): Promise<void> {
  const edited = Map.groupBy(edits, ({ object }) => object.toLowerCase());
  if (edited.has(ISSUE)) parts.onIssue();
  const commands = edited.get(COMMAND) ?? [];
  if (commands.length > 0) parts.onCommands(commands.flatMap(({ recordId }) => recordId ?? []));
  const own = [COMMAND, ISSUE];
  await queueEdits(
    parts,
    edits.filter(({ object }) => !own.includes(object.toLowerCase())),
  );
}
