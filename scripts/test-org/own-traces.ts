import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import type { Connection } from 'jsforce';

import type { AdminSession } from '../lib/install/admin-session.ts';
import { ChangedSetup } from './changed-setup.ts';
import type { OrgUnderTest } from './org-under-test.ts';
import { deleteMade, deleteStoreRecords } from './store-records.ts';

/**
 * What a run has left in an org: its folder is there from before the first write until all is taken back, so that a
 * run that was killed is cleaned up after by the next one.
 */
export class OwnTraces {
  readonly setup: ChangedSetup;
  readonly #session: AdminSession;
  readonly #folder: string;
  readonly #made: string;
  /** Holds the id of the process whose run it is. */
  readonly #owner: string;

  constructor({ folder }: Pick<OrgUnderTest, 'folder'>, session: AdminSession, org: Connection) {
    this.#session = session;
    this.#folder = folder;
    this.#made = join(folder, 'made-records.txt');
    this.#owner = join(folder, 'process.txt');
    this.setup = new ChangedSetup(org, folder);
  }

  /** Whether a run has begun, and has not cleaned up. */
  get areThere(): boolean {
    return existsSync(this.#folder);
  }

  /**
   * From here on all records of the store are this process's own, also what a run that was killed has left.
   * @throws Error where the process of another run is alive
   */
  begin(): void {
    const owner = existsSync(this.#owner) ? Number(readFileSync(this.#owner, 'utf8')) : NaN;
    if (owner !== process.pid && isAlive(owner)) {
      throw new Error(
        `A run is in progress here (process ${owner}), which has made records in this org. Nothing was done: wait for its end, or stop it with Ctrl-C. If that process is something else, delete ${this.#owner}.`,
      );
    }
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#owner, String(process.pid));
  }

  /** Remembers records that a person of a journey made, which need not carry a key. */
  made(ids: readonly string[]): void {
    appendFileSync(this.#made, ids.map((id) => `${id}\n`).join(''));
  }

  /** Takes back all that the run has made and changed so far. */
  async remove(): Promise<void> {
    await this.setup.restore();
    const ids = existsSync(this.#made) ? readFileSync(this.#made, 'utf8').trim() : '';
    if (ids !== '') await deleteMade(this.#session, ids.split('\n'));
    await deleteStoreRecords(this.#session);
    rmSync(this.#made, { force: true });
  }

  /** The run is over, and nothing of it is left. */
  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Whether there is such a process, of whatever user. */
function isAlive(id: number): boolean {
  if (!Number.isInteger(id) || id <= 0) return false;
  try {
    return process.kill(id, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
