import type { Org } from '../../ports/org.ts';
import {
  type Command,
  type CommandResult,
  commandSoql,
  type CommandsParts,
  OBJECT,
  toCommand,
} from './command.ts';
import { resultText } from './output/result-text.ts';

type Fields = Readonly<Record<string, string | number | null>>;
type Parts = Pick<CommandsParts, 'clock' | 'log'> & { readonly org: Pick<Org, 'query' | 'write'> };

/** What is said of progress: often while people look, and rarer the longer it takes. */
const SOONEST_MS = 5000;
const LATEST_MS = 30_000;
/** A record that somebody else holds for a moment. */
const LOCKED_TRIES = 3;
const LOCKED_MS = 1000;

/** Why the org does not take what is said of a command. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** It concerns one record, or will be taken another time. */
  readonly passes: boolean;
}

/** The record of one command in Salesforce: what the person says there, and what we say. */
export class CommandRecord {
  readonly #parts: Parts;
  readonly #id: string;
  readonly #cancelled = new AbortController();
  #beganAt = 0;
  #toldAt = 0;
  #telling: Promise<void> = Promise.resolve();
  #isTelling = false;

  constructor(parts: Parts, id: string) {
    this.#parts = parts;
    this.#id = id;
  }

  /** Aborted once it was seen that the command is cancelled, or that its record is gone. */
  get cancelled(): AbortSignal {
    return this.#cancelled.signal;
  }

  /** As it is now. One API call. @returns null where it is gone, or waits for nothing */
  async read(): Promise<Command | null> {
    const [row] = await this.#parts.org.query(commandSoql(this.#id));
    const command = row === undefined ? null : toCommand(row);
    return command !== null && ['waiting', 'running'].includes(command.state) ? command : null;
  }

  /** Says that it is under way. One API call. @returns why the org does not take that; null where it does */
  async begin(): Promise<Refusal | null> {
    this.#beganAt = this.#toldAt = this.#now();
    return this.#write({
      State__c: 'running',
      Started_At__c: this.#iso(),
      Finished_At__c: null,
      Progress__c: 0,
      Result__c: null,
    });
  }

  /** Goes on with one that is under way. */
  resume(): void {
    this.#beganAt = this.#toldAt = this.#now();
  }

  /** Says how far it is, unless that was said a moment ago, and looks whether it was cancelled. */
  tell(done: number, total: number, text: string): void {
    const pause = Math.min(LATEST_MS, Math.max(SOONEST_MS, (this.#toldAt - this.#beganAt) / 10));
    if (this.#isTelling || this.#now() - this.#toldAt < pause) return;
    this.#isTelling = true;
    this.#toldAt = this.#now();
    const share = total === 0 ? 0 : Math.floor((100 * done) / total);
    this.#telling = this.#tell(Math.min(99, share), text).finally(() => {
      this.#isTelling = false;
    });
  }

  /** Says what became of it; one that was cancelled stays that. @returns as `begin` */
  async finish({ failed, text, isData }: CommandResult): Promise<Refusal | null> {
    await this.#telling;
    const result = isData === true ? text : resultText(text);
    const over = { Result__c: result, Finished_At__c: this.#iso() };
    if (this.cancelled.aborted) return this.#write(over);
    return this.#write({
      ...over,
      ...(failed ? { State__c: 'failed' } : { State__c: 'done', Progress__c: 100 }),
    });
  }

  /** Says why it does not go on for now; it stays under way. */
  async pause(text: string): Promise<void> {
    await this.#telling;
    await this.#write({ Result__c: resultText(text) });
  }

  async #tell(share: number, text: string): Promise<void> {
    try {
      if ((await this.read()) === null) this.#cancelled.abort();
      else await this.#write({ Progress__c: share, Result__c: resultText(text) });
    } catch {
      // Where the org is out, the work itself comes to know.
      this.#parts.log.warn({ command: this.#id }, 'the progress of a command could not be told');
    }
  }

  async #write(fields: Fields): Promise<Refusal | null> {
    const records = [JSON.stringify({ id: this.#id, ...fields })];
    for (let attempt = 1; ; attempt += 1) {
      const [results] = await this.#parts.org.write([{ kind: 'update', object: OBJECT, records }]);
      const [error] = results?.[0]?.errors ?? [];
      if (error === undefined) return null;
      const { code, kind, message } = error;
      if (kind !== 'retry' || attempt === LOCKED_TRIES)
        return { code, message, passes: kind !== 'setup' };
      await this.#parts.clock.sleep(LOCKED_MS);
    }
  }

  #now(): number {
    return this.#parts.clock.now().getTime();
  }

  #iso(): string {
    return this.#parts.clock.now().toISOString();
  }
}
