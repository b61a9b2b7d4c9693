import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { changeEnv, readEnv, type Env } from './env-file.ts';
import type { ServerFile } from './server-files.ts';

/** The folder of whoever sets up: variables and key of the service, and what a server needs. */
export class ServiceFolder {
  readonly path: string;
  /** Whether `.env` is of this run, and was not there before. */
  #isNew = false;

  constructor(path: string) {
    this.path = path;
  }

  get envFile(): string {
    return join(this.path, '.env');
  }

  /** The state of the service, unless it is in a database. */
  get stateFolder(): string {
    return join(this.path, 'state');
  }

  /** What an earlier set-up has left; nothing where there was none. */
  env(): Env {
    return existsSync(this.envFile) ? readEnv(readFileSync(this.envFile, 'utf8')) : {};
  }

  /** Whether an earlier set-up has left its answers: a public address that is not among them is none. */
  hasAnswers(): boolean {
    return 'SF_LOGIN_URL' in this.env();
  }

  /** Why the folder cannot be used for this org; null where it can. */
  problemFor(instanceUrl: string): string | null {
    const { SF_LOGIN_URL: other } = this.env();
    if (other === undefined || other === '' || other === instanceUrl) return null;
    return `${this.envFile} is of the org ${other}: name another folder for this org with --folder.`;
  }

  /** Makes the folder its owner's alone (0700), as its state is to be. @returns what was changed; null for nothing */
  closeToOthers(): string | null {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    const rights = statSync(this.path).mode & 0o777;
    if ((rights & 0o077) === 0) return null;
    chmodSync(this.path, 0o700);
    return `${this.path} was open to others on this machine (0${rights.toString(8)}): it is yours alone now (0700).`;
  }

  /**
   * Puts variables into `.env`, for its owner alone (0600). Lines that are there stay, but for those of the variables.
   * @returns what was done, without the values
   */
  writeEnv(wanted: Readonly<Record<string, string | null>>): string {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    const isThere = existsSync(this.envFile);
    const before = isThere ? readFileSync(this.envFile, 'utf8') : HEADER;
    const { text, changed, added } = changeEnv(before, wanted);
    if (isThere) chmodSync(this.envFile, 0o600);
    if (isThere && changed.length + added.length === 0) return `${this.envFile} stays as it is.`;
    // A stop in between leaves the old file.
    const next = `${this.envFile}.new`;
    writeFileSync(next, text, { mode: 0o600 });
    renameSync(next, this.envFile);
    if (!isThere) {
      this.#isNew = true;
      return `${this.envFile}: the variables of the service. It holds secrets.`;
    }
    const other = changed.length > 0 ? [`changed ${changed.join(', ')}`] : [];
    const more = added.length > 0 ? [`added ${added.join(', ')}`] : [];
    return `${this.envFile}${this.#isNew ? '' : ' was there'}: ${[...other, ...more].join('; ')}.`;
  }

  /** Writes a file for the server. One that somebody has changed stays. @returns what was done */
  writeFile({ name, text }: ServerFile): string {
    const file = join(this.path, name);
    if (existsSync(file))
      return readFileSync(file, 'utf8') === text
        ? `${file} stays as it is.`
        : `${file} is there and other than this set-up would write it: it stays.`;
    writeFileSync(file, text);
    return `${file}: written.`;
  }
}

const HEADER = '# Variables of woo-salesforce, made by npm run setup. Keep it private.\n';
