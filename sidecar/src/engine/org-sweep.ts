import type { EditsParts } from '../sync/detect/outbound-edits.ts';
import { ConflictsSweep } from '../sync/detect/sweep-conflicts.ts';
import { FilesSweep } from '../sync/detect/sweep-files.ts';
import { sweepSalesforce } from '../sync/detect/sweep-salesforce.ts';
import { Decisions } from '../sync/report/issue-decisions.ts';
import type { CommandRunner } from './commands/command-runner.ts';
import { ExpiredCommands } from './commands/editor/expired-commands.ts';
import type { EngineParts } from './engine-parts.ts';

interface OrgSweepParts extends Omit<EditsParts, 'queue'>, Pick<EngineParts, Needed> {
  readonly commands: Pick<CommandRunner, 'take' | 'waitingSoql'>;
}

type Needed = 'org' | 'state' | 'queue' | 'issues' | 'clock' | 'log';

/** Finds what was edited, decided and ordered in Salesforce, and what outbound messages have lost of it. */
export class OrgSweep {
  readonly #parts: OrgSweepParts;
  readonly #decisions: Decisions;
  readonly #files: FilesSweep;
  readonly #conflicts: ConflictsSweep;
  readonly #expired: ExpiredCommands;
  /** Whether we may see the records of decisions and commands. */
  #showsOwn = false;

  constructor(parts: OrgSweepParts) {
    this.#parts = parts;
    this.#decisions = new Decisions(parts);
    this.#files = new FilesSweep(parts);
    this.#conflicts = new ConflictsSweep(parts);
    this.#expired = new ExpiredCommands(parts);
  }

  async run(): Promise<void> {
    const { commands, log } = this.#parts;
    const files = await this.#files.soql();
    const conflicts = await this.#conflicts.soql();
    const own = await this.#ownQueries();
    const asked = [...own, ...conflicts, ...files];
    const { changed, others } = await sweepSalesforce(this.#parts, asked);
    const [decided = [], waiting = [], expired = []] = others.slice(0, own.length);
    if (own.length > 0) await this.#decisions.take(decided);
    commands.take(waiting);
    await this.#expired.take(expired);
    const filesAt = own.length + conflicts.length;
    await this.#conflicts.take(others.slice(own.length, filesAt).flat());
    await this.#files.take(others.slice(filesAt).flat());
    if (changed > 0) log.info({ hinted: changed }, 'sweep of Salesforce');
  }

  /** Those of decisions and commands, which share the call of the sweep; none where the org does not show them. */
  async #ownQueries(): Promise<readonly string[]> {
    const { org, commands } = this.#parts;
    const asked = [await this.#decisions.soql(), commands.waitingSoql];
    const expired = this.#expired.soql();
    if (expired !== null) asked.push(expired);
    if (this.#showsOwn) return asked;
    const found = await org.describe(['Woo_Sync_Issue__c', 'Woo_Command__c']);
    this.#showsOwn = found.size === 2;
    return this.#showsOwn ? asked : [];
  }
}
