import {
  type Collection,
  COLLECTION_SIZE,
  COLLECTIONS_PER_CALL,
  type ItemResult,
  type Org,
} from '../../ports/org.ts';

export type OwnRow = Readonly<Record<string, string | number | boolean | null>>;

/** Rows that go in one call. */
export const ROWS_PER_CALL = COLLECTION_SIZE * COLLECTIONS_PER_CALL;

/** What to do where the org refuses rows of our own objects. */
export const OWN_OBJECTS_CURE =
  'Deploy force-app, and assign the permission set Woo_Integration to the integration user.';

/**
 * Writes rows of an object that is this project's own, which no mapping writes: one API call, none for no rows.
 * @param rows each with its key field, `ROWS_PER_CALL` at most
 * @returns one result per row, in order
 */
export async function upsertOwn(
  org: Pick<Org, 'write'>,
  object: string,
  keyField: string,
  rows: readonly OwnRow[],
): Promise<readonly ItemResult[]> {
  if (rows.length === 0) return [];
  return (await org.write(ownUpsert(object, keyField, rows))).flat();
}

/** The same as collections of a call that writes more. */
export function ownUpsert(
  object: string,
  keyField: string,
  rows: readonly OwnRow[],
): readonly Collection[] {
  const collections: Collection[] = [];
  for (let from = 0; from < rows.length; from += COLLECTION_SIZE) {
    const records = rows.slice(from, from + COLLECTION_SIZE).map((row) => JSON.stringify(row));
    collections.push({ kind: 'upsert', object, keyField, records });
  }
  return collections;
}

/** Fields of a record by its id. */
export interface OwnUpdate {
  readonly id: string;
  readonly fields: OwnRow;
}

export function ownUpdate(object: string, updates: readonly OwnUpdate[]): readonly Collection[] {
  const collections: Collection[] = [];
  for (let from = 0; from < updates.length; from += COLLECTION_SIZE) {
    const records = updates
      .slice(from, from + COLLECTION_SIZE)
      .map(({ id, fields }) => JSON.stringify({ id, ...fields }));
    collections.push({ kind: 'update', object, records });
  }
  return collections;
}

/** A text that fits a field of so many characters. For messages only: business data is never cut unasked. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  // Half a surrogate pair is refused by Salesforce.
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The longest part of a word that is given up for cutting between words, in characters. */
const LONGEST_WORD = 60;

/** A text for people that fits, cut between words: what is left out shows as an ellipsis. */
export function cutAtWord(text: string, length: number): string {
  const short = cut(text, length);
  if (short === text) return text;
  const space = text.slice(0, length).search(/\s\S*$/);
  if (space < length - LONGEST_WORD) return short;
  return `${text.slice(0, space).replace(/[\s,;:.]+$/, '')}…`;
}

/** A text that fits with its end whole, which says what to do; the beginning is cut between words. */
export function cutBefore(end: string, text: string, length: number): string {
  const room = length - end.length - 1;
  if (end === '' || room < LONGEST_WORD) return cutAtWord(`${text} ${end}`.trim(), length);
  return [cutAtWord(text, room), end].filter((part) => part !== '').join(' ');
}

/** The guide that a text names by its file, as the catalogue of errors does for who reads it beside the files. */
const GUIDE = /\bdocs\/([a-z-]+)\.md\b/g;

/** A text as pages of the org show it, where nobody has the files: the guide “connect” instead of its file. */
export const pageText = (text: string): string => text.replace(GUIDE, 'the guide “$1”');
