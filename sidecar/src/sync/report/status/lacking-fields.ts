import type { ItemResult, Org } from '../../../ports/org.ts';
import type { OwnRow } from '../own-objects.ts';

/** What Salesforce says of a field that it does not have, or that the integration user may not write. */
const CODES = new Set(['INVALID_FIELD', 'INVALID_FIELD_FOR_INSERT_UPDATE']);
/** While fields are lacking the org is asked again so often: somebody may have deployed them. */
const ASKED_EVERY_MS = 3_600_000;

/**
 * Fields of an own object that the org lacks: the service is newer than the metadata. It costs no call while nothing
 * is refused.
 */
export class LackingFields {
  readonly #org: Pick<Org, 'describe'>;
  readonly #object: string;
  #lacking: readonly string[] = [];
  #askedAt: number | null = null;

  constructor(org: Pick<Org, 'describe'>, object: string) {
    this.#org = org;
    this.#object = object;
  }

  get names(): readonly string[] {
    return this.#lacking;
  }

  without(row: OwnRow): OwnRow {
    if (this.#lacking.length === 0) return row;
    return Object.fromEntries(
      Object.entries(row).filter(([name]) => !this.#lacking.includes(name)),
    );
  }

  /** Whether rows were refused for a field, and the org was not asked of late which it has. */
  isDue(results: readonly ItemResult[], now: Date): boolean {
    const isRefused = results.some(({ errors }) => errors.some(({ code }) => CODES.has(code)));
    return (isRefused && this.#askedAt === null) || this.isOld(now);
  }

  /** Whether what was found lacking may have come since. */
  isOld(now: Date): boolean {
    return this.#askedAt !== null && now.getTime() - this.#askedAt >= ASKED_EVERY_MS;
  }

  /**
   * One API call.
   * @returns whether other fields are lacking than before
   * @throws CodedError where the org is out
   */
  async learn(row: OwnRow, now: Date): Promise<boolean> {
    const before = this.#lacking.join();
    const fields = (await this.#org.describe([this.#object])).get(this.#object)?.fields;
    this.#lacking = Object.keys(row).filter(
      (name) => fields !== undefined && fields.get(name.toLowerCase())?.updateable !== true,
    );
    this.#askedAt = this.#lacking.length === 0 ? null : now.getTime();
    return this.#lacking.join() !== before;
  }
}
