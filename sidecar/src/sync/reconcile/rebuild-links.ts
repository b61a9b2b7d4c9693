import { soqlText } from '../../lib/soql.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { SavedLink } from '../../ports/link.ts';
import type { Org } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';

/** Records of one object that a query answers at a time: Salesforce's own page. */
const PAGE = 2000;
/** Name of the cursor that holds the objects whose links are all known. */
const CURSOR = 'rebuilt';

type OrgRow = Readonly<Record<string, unknown>>;

export interface RebuildOptions {
  readonly org: Pick<Org, 'queries'>;
  readonly state: State;
  /** Key of the store. */
  readonly store: string;
  /** Those that apply to it. */
  readonly mappings: readonly Mapping[];
  /** What else is to be learned of records that are in the org; in the same calls. */
  readonly besides?: readonly KnownSource[];
  /** Called with what the state does not know yet, before it does. */
  readonly onFound?: (links: readonly SavedLink[]) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Records that are looked through by id, once. */
interface KnownSource {
  readonly name: string;
  question(after: string): string;
  remember(rows: readonly OrgRow[]): Promise<void>;
}

/** An object whose records carry keys of the store. */
interface LinkSource {
  readonly object: string;
  readonly keyField: string;
  readonly owner: Mapping['owner'];
  /** Those that write it. */
  readonly mappings: readonly Mapping[];
}

/**
 * Makes the state know all records of a store that are in the org: it may be new, or was lost. Done once per
 * object; afterwards it costs one look at the state. Five objects share an API call, which brings up to 2,000
 * records of each; an org without records of ours costs one call per five objects. What the state knows already
 * stays as it is.
 * @throws CodedError where the org or the state cannot go on; the next call starts anew
 */
export async function rebuildLinks(options: RebuildOptions): Promise<void> {
  const { org, state, store, signal } = options;
  const done = new Set(((await state.cursor(store, CURSOR)) ?? []) as readonly string[]);
  const links = sourcesOf(options.mappings).map((source) => linksIn(options, source));
  const sources = [...links, ...(options.besides ?? [])].filter(({ name }) => !done.has(name));
  if (sources.length === 0) return;
  let open = sources.map((source) => ({ source, after: '' }));
  while (open.length > 0) {
    if (signal?.aborted === true) return;
    const pages = await org.queries(open.map(({ source, after }) => source.question(after)));
    for (const [at, { source }] of open.entries()) {
      await source.remember(pages[at] ?? []);
    }
    open = open.flatMap(({ source }, at) => {
      const rows = pages[at] ?? [];
      return rows.length < PAGE ? [] : [{ source, after: String(rows.at(-1)?.['Id']) }];
    });
  }
  await state.saveCursor(store, CURSOR, [...done, ...sources.map(({ name }) => name)]);
}

function linksIn(options: RebuildOptions, source: LinkSource): KnownSource {
  return {
    name: source.object,
    question: (after) => question(source, options.store, after),
    remember: (rows) => remember(options, source, rows),
  };
}

function sourcesOf(mappings: readonly Mapping[]): readonly LinkSource[] {
  return [...Map.groupBy(mappings, ({ object }) => object)].flatMap(([object, some]) => {
    const [first] = some;
    if (first === undefined) return [];
    const owner = some.find((mapping) => mapping.owner !== null)?.owner ?? null;
    return [{ object, keyField: first.keyField, owner, mappings: some }];
  });
}

/** By id, so that records which come and go meanwhile shift nothing. */
function question({ object, keyField, owner, mappings }: LinkSource, store: string, after: string) {
  const flags = mappings.flatMap(({ deleteFlag }) => deleteFlag?.field ?? []);
  const path = owner === null ? [] : [`${owner.relationshipName}.${owner.keyField}`];
  const columns = [...new Set(['Id', keyField, ...path, ...flags])];
  const behind = after === '' ? '' : ` AND Id > ${soqlText(after)}`;
  return `SELECT ${columns.join(', ')} FROM ${object} WHERE ${keyField} LIKE '${pattern(store)}:%'${behind} ORDER BY Id LIMIT ${PAGE}`;
}

/** A text as LIKE takes it literally. */
function pattern(text: string): string {
  return text.replace(/[\\'%_]/g, '\\$&');
}

async function remember(
  { state, store, onFound }: RebuildOptions,
  source: LinkSource,
  rows: readonly OrgRow[],
): Promise<void> {
  const { object, keyField } = source;
  // LIKE does not mind the case, and stores do.
  const ours = rows.filter((row) => parseKey(String(row[keyField])).store === store);
  const known = await state.links(
    object,
    ours.map((row) => String(row[keyField])),
  );
  const found = ours.map((row) => toLink(source, row)).filter(({ key }) => !known.has(key));
  // Whoever ends in between finds them once more.
  if (found.length > 0) await onFound?.(found);
  await state.didWrite(found, []);
}

function toLink({ object, keyField, owner, mappings }: LinkSource, row: OrgRow): SavedLink {
  const parent = owner === null ? null : (row[owner.relationshipName] as OrgRow | null);
  const parentKey = owner === null ? null : parent?.[owner.keyField];
  const isFlagged = mappings.some((mapping) => {
    const flag = mapping.deleteFlag;
    return flag !== null && mapping.holds(flag.field, flag.value, row[flag.field]);
  });
  return {
    object,
    key: String(row[keyField]),
    recordId: String(row['Id']),
    state: isFlagged ? 'soft_deleted' : 'unverified',
    hash: null,
    parentKey: typeof parentKey === 'string' ? parentKey : null,
    byId: false,
    // Nothing was read from the shop: whatever is read is newer.
    readNumber: 0,
  };
}
