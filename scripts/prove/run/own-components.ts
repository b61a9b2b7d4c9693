import type { Members, MetadataFile } from '../../lib/metadata-package.ts';
import type { Components } from '../model/probing.ts';
import { CannotTell } from '../model/verdict.ts';
import { METADATA_CALLS, type MetadataSide } from '../sides/metadata-side.ts';
import type { OrgSide } from '../sides/org-side.ts';
import { OLD_MS } from './own-records.ts';

/** All that a run deploys has a name that begins so, and goes on with the time of the run. */
const PREFIX = 'Woo_Prove_';
/** A base in which a time has no sign that a name may not have. */
const BASE = 36;
/** What is removed: nothing of a run is anywhere else. */
const OBJECT = 'CustomObject';
/** Calls for looking at the start, and for removing there and at the end. */
export const REMOVING_CALLS = 1 + 2 * METADATA_CALLS;

/** The setup that a run has deployed. */
export class OwnComponents implements Components {
  readonly #side: MetadataSide;
  readonly #production: boolean;
  readonly #mark = `${PREFIX}${Date.now().toString(BASE)}`;
  readonly #objects = new Set<string>();
  #names = 0;

  /** @param production whether what is removed stays for 15 days */
  constructor(side: MetadataSide, production: boolean) {
    this.#side = side;
    this.#production = production;
  }

  name(): string {
    this.#names += 1;
    return `${this.#mark}_${this.#names}`;
  }

  async deploy(files: readonly MetadataFile[], members: Members): Promise<void> {
    // Also where the answer does not come.
    for (const object of members[OBJECT] ?? []) this.#objects.add(object);
    const problems = await this.#side.deploy(files, members);
    if (problems.length > 0) throw new CannotTell(`A deploy was refused: ${problems.join('; ')}`);
  }

  validate(files: readonly MetadataFile[], members: Members): Promise<readonly string[]> {
    return this.#side.deploy(files, members, { checkOnly: true });
  }

  retrieve(members: Members): Promise<Readonly<Record<string, string>>> {
    return this.#side.retrieve(members);
  }

  /** @throws Error that names what is left */
  async remove(): Promise<void> {
    await this.#remove([...this.#objects]);
  }

  /** Removes what a run that was killed has left; no other run can be so old. */
  async removeLeftovers(org: OrgSide): Promise<void> {
    const rows = await org.rows(
      `SELECT QualifiedApiName FROM EntityDefinition WHERE QualifiedApiName LIKE '${PREFIX}%'`,
    );
    const names = rows.map((row) => String(row['QualifiedApiName']));
    await this.#remove(names.filter((name) => isOld(name)));
  }

  /** What is in an object, or a record of it, goes with it. */
  async #remove(objects: readonly string[]): Promise<void> {
    if (objects.length === 0) return;
    const removed = { [OBJECT]: objects };
    const purgeOnDelete = !this.#production;
    const problems = await this.#side.deploy([], {}, { removed, purgeOnDelete });
    if (problems.length > 0)
      throw new Error(
        `${objects.join(', ')} of Setup could not be deleted: ${problems.join('; ')}`,
      );
  }
}

function isOld(name: string): boolean {
  const [, time = ''] = /^Woo_Prove_([a-z0-9]{8})_\d+__/.exec(name) ?? [];
  return Date.now() - parseInt(time, BASE) > OLD_MS;
}
