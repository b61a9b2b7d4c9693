import type { Clock } from '../../../lib/clock.ts';
import { COLLECTION_SIZE, type Org, type OrgRow } from '../../../ports/org.ts';
import { OBJECT } from '../command.ts';

/** What the editor of mappings asks: its arguments and results hold values of records, and are of use for minutes. */
export const EDITOR_TYPES = ['describe_mapping', 'preview_mapping', 'list_matches'] as const;

export function isOfEditor(type: string): boolean {
  return EDITOR_TYPES.some((one) => one === type);
}

const KEPT_MS = 3_600_000;
/** How often they are looked for. */
const PAUSE_MS = 900_000;

/** Deletes the commands of the editor an hour after they were given. */
export class ExpiredCommands {
  readonly #parts: { readonly org: Pick<Org, 'write'>; readonly clock: Pick<Clock, 'now'> };
  #askedAt = -Infinity;

  constructor(parts: { readonly org: Pick<Org, 'write'>; readonly clock: Pick<Clock, 'now'> }) {
    this.#parts = parts;
  }

  /** Asks for those that are over; null while that was asked a moment ago. */
  soql(): string | null {
    const now = this.#parts.clock.now().getTime();
    if (now - this.#askedAt < PAUSE_MS) return null;
    this.#askedAt = now;
    const before = new Date(now - KEPT_MS).toISOString();
    const types = EDITOR_TYPES.map((type) => `'${type}'`).join(', ');
    return `SELECT Id FROM ${OBJECT} WHERE Type__c IN (${types}) AND CreatedDate < ${before} ORDER BY CreatedDate LIMIT ${COLLECTION_SIZE}`;
  }

  /** Deletes what was found: one API call, none for nothing. What the org refuses is found again. */
  async take(rows: readonly OrgRow[]): Promise<void> {
    const ids = rows.map((row) => String(row['Id']));
    if (ids.length > 0) await this.#parts.org.write([{ kind: 'delete', object: OBJECT, ids }]);
  }
}
