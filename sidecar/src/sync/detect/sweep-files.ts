import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { SeenFile } from '../../ports/images.ts';
import type { State } from '../../ports/state.ts';

export interface FilesSweepParts {
  readonly state: Pick<State, 'images' | 'twoWay' | 'cursor' | 'saveCursor'>;
  readonly queue: Pick<ChangeQueue, 'add'>;
}

type Row = Readonly<Record<string, unknown>>;

/** Ids of one query: its address stays below 5 KB. */
const AT_ONCE = 200;
/** With the others of the sweep of Salesforce they fit into one call. */
const QUERIES = 3;

/**
 * Finds files that have a new version, which moves no date of the records that show them. Files are asked for by
 * their ids, for others than those are not all seen (salesforce/files.ts); a sweep looks at some hundreds and
 * the next one goes on behind them.
 */
export class FilesSweep {
  readonly #parts: FilesSweepParts;
  /** The last version seen, by document id; null for one whose image was never brought. */
  #asked: ReadonlyMap<string, string | null> = new Map();
  #after = '';

  constructor(parts: FilesSweepParts) {
    this.#parts = parts;
  }

  /** The queries of the next turn. */
  async soql(): Promise<readonly string[]> {
    const { images } = this.#parts.state;
    const most = QUERIES * AT_ONCE;
    const saved = (await this.#parts.state.cursor('', 'files')) as { after: string } | null;
    const used = await images.used(saved?.after ?? '', most);
    this.#after = used.length < most ? '' : (used.at(-1)?.documentId ?? '');
    this.#asked = new Map(used.map(({ documentId, versionId }) => [documentId, versionId]));
    const ids = [...this.#asked.keys()];
    return Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, at) => {
      const some = ids.slice(at * AT_ONCE, (at + 1) * AT_ONCE);
      return `SELECT Id, ContentDocumentId, Checksum FROM ContentVersion WHERE ContentDocumentId IN (${some.map((id) => `'${id}'`).join(',')}) AND IsLatest = true`;
    });
  }

  /** Takes the answers: records that show a file with another version than before are looked at. */
  async take(rows: readonly Row[]): Promise<void> {
    const { state, queue } = this.#parts;
    const news = rows
      .map(toSeen)
      .filter(({ documentId, versionId }) => this.#asked.get(documentId) !== versionId);
    const keys = await state.images.usersOf(news.map(({ documentId }) => documentId));
    await state.twoWay.markDirty(keys);
    await queue.add(keys.map((key): ChangeEvent => ({ resource: 'product', key })));
    // Last, for it is not reported again: whether the records show it is known by the sync base of them.
    await state.images.keepFiles(news);
    await state.saveCursor('', 'files', { after: this.#after });
  }
}

function toSeen(row: Row): SeenFile {
  const [documentId, versionId] = [String(row['ContentDocumentId']), String(row['Id'])];
  return { documentId, versionId, hash: String(row['Checksum']).toLowerCase() };
}
