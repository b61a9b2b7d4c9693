import { classOf } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { forPurpose } from '../../lib/call-purpose.ts';
import { placeOf } from '../../lib/error-location.ts';
import { maskEmails, withoutValue } from '../../lib/redact.ts';
import { withLease } from '../../ports/with-lease.ts';
import { OWN_OBJECTS_CURE } from '../../sync/report/own-objects.ts';
import type { Priority } from '../budget/levels.ts';
import { CommandRecord, type Refusal } from './command-record.ts';
import { type Command, type CommandsParts, toCommand, WAITING_SOQL, type Work } from './command.ts';
import { ConcurrencyLimit } from '../../lib/concurrency-limit.ts';
import { EditorLooks } from './editor/editor-looks.ts';
import { isOfEditor } from './editor/expired-commands.ts';
import { execute } from './execute.ts';

export type { CommandsParts } from './command.ts';

/** They read whole shops: one at a time, in all processes together. */
const LONG: ReadonlySet<string> = new Set(['backfill', 'dry_run', 'reconcile']);
const SHORT_AT_ONCE = 5;
/** How long the org is left alone after it did not let us work on commands. */
const REST_MS = 15 * 60_000;
/** How long a command that cannot go on is left: our own word about it makes the org call for us again. */
const PAUSE_MS = 60_000;

/**
 * Carries out what people ask for by records of Woo_Command__c, and says there what became of it. An org that does
 * not let it holds nothing else up.
 */
export class CommandRunner {
  /** What waits, and what nobody may be working on any more. */
  readonly waitingSoql = WAITING_SOQL;
  readonly #parts: CommandsParts;
  /** By record id. */
  readonly #taken = new Map<string, Promise<void>>();
  readonly #short = new ConcurrencyLimit(SHORT_AT_ONCE);
  readonly #long = new ConcurrencyLimit(1);
  #looking: Promise<void> | null = null;
  #looksAgain = false;
  #restsUntil = 0;
  /** Commands that cannot go on now, and until when they are left. */
  readonly #paused = new Map<string, number>();
  /** What was logged last of what the org refuses; null when it took the last. */
  #logged: string | null = null;
  readonly #editorLooks: EditorLooks;

  constructor(parts: CommandsParts) {
    this.#parts = parts;
    this.#editorLooks = new EditorLooks({ ...parts, look: () => this.#lookOnce() });
  }

  /**
   * Begins with what `waitingSoql` has found, as far as nobody works on it, and does not wait for its end: a
   * backfill takes hours.
   */
  take(rows: readonly Readonly<Record<string, unknown>>[]): void {
    const { signal, clock } = this.#parts;
    const now = clock.now().getTime();
    if (signal.aborted || now < this.#restsUntil) return;
    for (const command of rows.map(toCommand)) {
      if (this.#taken.has(command.id) || now < (this.#paused.get(command.id) ?? 0)) continue;
      if (isOfEditor(command.type)) this.#editorLooks.extend();
      const lane = LONG.has(command.type) ? this.#long : this.#short;
      const work = () => this.#counted('changes', () => this.#ifOurs(command));
      const run = lane.run(work).finally(() => this.#taken.delete(command.id));
      this.#taken.set(command.id, run);
    }
  }

  /**
   * Asks for commands and begins with them: one API call. Never rejects; what it cannot find out the sweep will.
   * @param recordIds what the message is about; one about commands that are under way here needs no call
   */
  async look(recordIds: readonly string[] = []): Promise<void> {
    if (recordIds.length > 0 && recordIds.every((id) => this.#taken.has(id))) return;
    this.#looksAgain = true;
    this.#looking ??= this.#lookUntilQuiet().finally(() => {
      this.#looking = null;
    });
    await this.#looking;
  }

  /** Resolves when none is under way any more. Abort the signal before, or it may take hours. */
  async idle(): Promise<void> {
    while (this.#taken.size > 0 || this.#looking !== null) {
      await Promise.all([...this.#taken.values(), this.#looking]);
    }
    await this.#editorLooks.idle();
  }

  async #lookUntilQuiet(): Promise<void> {
    const { clock, signal } = this.#parts;
    while (this.#looksAgain && !signal.aborted && clock.now().getTime() >= this.#restsUntil) {
      this.#looksAgain = false;
      await this.#counted('changes', () => this.#lookOnce());
    }
  }

  /** @returns whether the org has told */
  async #lookOnce(): Promise<boolean> {
    const { org, log } = this.#parts;
    try {
      this.take(await org.query(WAITING_SOQL));
      return true;
    } catch (error) {
      if (!(error instanceof CodedError)) {
        log.error({ at: placeOf(error) }, 'commands could not be looked for');
      } else if (classOf(error.code) === 'setup')
        this.#refused({ code: error.code, message: error.message, passes: false });
      else log.warn({ code: error.code, cure: error.cure }, error.message);
      return false;
    }
  }

  /** The state may be out: the next look takes it again. */
  async #ifOurs(command: Command): Promise<void> {
    const { log, signal } = this.#parts;
    if (signal.aborted) return;
    const { id, name, type } = command;
    const run = () => withLease(this.#parts, `command ${id}`, (lost) => this.#run(command, lost));
    try {
      if (!LONG.has(type)) await run();
      else
        await withLease(this.#parts, 'long command', async () => {
          await run();
        });
    } catch (error) {
      const said = error instanceof CodedError ? { code: error.code, cure: error.cure } : {};
      log.warn({ command: name, ...said, at: placeOf(error) }, 'a command is tried again later');
    }
  }

  async #run({ id }: Command, lost: AbortSignal): Promise<void> {
    const record = new CommandRecord(this.#parts, id);
    const command = await record.read();
    // What was deployed a moment ago is what the person asks about.
    await this.#parts.reload();
    const setup = this.#parts.setup();
    if (command === null || setup === null) return;
    const resumed = command.state === 'running';
    if (resumed) record.resume();
    else if (this.#refused(await record.begin())) return;
    const { name, type } = command;
    this.#parts.log.info({ command: name, type, resumed }, 'command begins');
    const signal = AbortSignal.any([this.#parts.signal, lost, record.cancelled]);
    const tell: Work['tell'] = (...far) => {
      record.tell(...far);
    };
    const { looking } = this.#editorLooks;
    const work = { command, setup, resumed, signal, tell, looking };
    // What it says of itself is as urgent as changes are.
    const outcome = await this.#counted(LONG.has(type) ? 'backfill' : 'changes', () =>
      execute(this.#parts, work),
    );
    const isOurs = !lost.aborted && (record.cancelled.aborted || !this.#parts.signal.aborted);
    if (!isOurs) return;
    if (outcome instanceof CodedError) {
      const { code, message } = outcome;
      this.#paused.set(id, this.#parts.clock.now().getTime() + PAUSE_MS);
      await record.pause(`Paused; it goes on by itself. ${code}: ${message}`);
      return;
    }
    this.#paused.delete(id);
    this.#refused(await record.finish(outcome));
    const { failed } = outcome;
    this.#parts.log.info({ command: name, type, failed }, 'command is over');
  }

  #counted<T>(priority: Priority, work: () => Promise<T>): Promise<T> {
    const allowance = this.#parts.budgets.allowance(priority);
    return forPurpose('commands', work, () => {
      allowance.spend();
    });
  }

  /** @returns whether the org does not let us work on the command */
  #refused(refusal: Refusal | null): boolean {
    if (refusal === null) {
      this.#logged = null;
      return false;
    }
    const { code, message, passes } = refusal;
    if (!passes) this.#restsUntil = this.#parts.clock.now().getTime() + REST_MS;
    if (this.#logged !== code) {
      this.#parts.log.error(
        { code, cure: OWN_OBJECTS_CURE },
        `Salesforce does not let us work on commands, so they wait: ${maskEmails(withoutValue(message))}`,
      );
    }
    this.#logged = code;
    return true;
  }
}
