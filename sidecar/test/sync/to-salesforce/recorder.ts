import type { Link, MergedRecord, SavedLink } from '../../../src/ports/link.ts';
import type {
  Collection,
  ErrorKind,
  RecordState,
  ItemResult,
  Missing,
  Org,
} from '../../../src/ports/org.ts';
import type { State } from '../../../src/ports/state.ts';
import type { PendingWrite } from '../../../src/sync/model/pending-write.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { Writer } from '../../../src/sync/to-salesforce/writer.ts';

export type Answer = (record: Readonly<Record<string, unknown>>) => ItemResult;

export const created: Answer = (record) =>
  'id' in record
    ? { id: String(record['id']), created: false, errors: [] }
    : { id: `id of ${String(record['Woo_Key__c'])}`, created: true, errors: [] };

export function refusal(code: string, kind: ErrorKind): ItemResult {
  return {
    id: null,
    created: false,
    errors: [{ code, kind, message: `said ${code}`, fields: ['Name'] }],
  };
}

type Sent = Readonly<Record<string, unknown>>;

type SentCollection =
  | {
      readonly kind: 'upsert' | 'update';
      readonly object: string;
      readonly records: readonly Sent[];
    }
  | Extract<Collection, { kind: 'delete' }>;

function parsed(collection: Collection): SentCollection {
  if (collection.kind === 'delete') return collection;
  const { kind, object, records } = collection;
  return { kind, object, records: records.map((record) => JSON.parse(record) as Sent) };
}

/** An org and a state that keep what they are given, in the order of the calls. */
export class Recorder {
  readonly log: string[] = [];
  readonly calls: (readonly SentCollection[])[] = [];
  readonly saved: SavedLink[] = [];
  readonly removed: Pick<Link, 'object' | 'key'>[] = [];
  readonly followed: MergedRecord[] = [];
  /** What became of records, for those who ask; of others nothing is known. */
  readonly fates = new Map<string, RecordState>();
  readonly searched: Missing[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  readonly org: Pick<Org, 'write' | 'recordStates'> = {
    recordStates: (missing) => {
      this.searched.push(...missing);
      return Promise.resolve(this.fates);
    },
    write: (collections) => {
      this.log.push('write');
      const sent = collections.map(parsed);
      this.calls.push(sent);
      return Promise.resolve(
        sent.map((collection) =>
          collection.kind === 'delete'
            ? collection.ids.map((id) => ({ id, created: false, errors: [] }))
            : collection.records.map(this.#answer),
        ),
      );
    },
  };

  readonly state: Pick<State, 'willWrite' | 'didWrite' | 'followMerged' | 'cursor' | 'saveCursor'> =
    {
      cursor: () => Promise.resolve(null),
      saveCursor: () => Promise.resolve(),
      followMerged: (merged) => {
        this.followed.push(...merged);
        return Promise.resolve([]);
      },
      willWrite: (object, keys) => {
        this.log.push(`willWrite ${object} ${keys.join(',')}`);
        return Promise.resolve();
      },
      didWrite: (written, removed) => {
        this.log.push('didWrite');
        this.saved.push(...written);
        this.removed.push(...removed);
        return Promise.resolve([]);
      },
    };
}

export function writerTo(
  recorder: Recorder,
  entries: readonly PendingWrite[],
  totals?: ConstructorParameters<typeof Writer>[0]['totals'],
) {
  const report = new Report([...new Set(entries.map(({ mapping }) => mapping))]);
  const writer = new Writer({
    org: recorder.org as Org,
    state: recorder.state as State,
    report,
    onWritten: () => Promise.resolve(),
    retryDelayMs: 1,
    ...(totals && { totals }),
  });
  return { writer, report };
}

export async function write(answer: Answer, ...entries: PendingWrite[]) {
  const recorder = new Recorder(answer);
  const { writer, report } = writerTo(recorder, entries);
  await writer.add(entries);
  await writer.flush();
  return { recorder, report: report.rows };
}
