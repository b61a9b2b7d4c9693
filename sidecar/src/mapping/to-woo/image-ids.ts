import type { ValueProblem } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import { fileId } from './file-id.ts';

/** The files of a product's images, in order, as ids of 18 characters, without doubles. */
export interface ImageIds {
  readonly featured: string | null;
  readonly gallery: readonly string[];
  /** One for each piece that is no id of a file; the other ones are there. */
  readonly problems: readonly ValueProblem[];
}

const FEATURED = 'product_featured_image';
const GALLERY = 'product_gallery_images';

/**
 * Reads the two fields in which people paste ids of files or addresses of their pages, divided by semicolons,
 * commas or blanks. The featured image is left out of the gallery, where the shop would show it twice.
 * @param fields the names of both fields, for problems
 */
export function parseImageIds(
  featured: unknown,
  gallery: unknown,
  fields: { readonly featured: string; readonly gallery: string } = {
    featured: FEATURED,
    gallery: GALLERY,
  },
): ImageIds {
  const problems: ValueProblem[] = [];
  const read = (value: unknown, field: string, attribute: string) => {
    const found = idsIn(value);
    const wrong = found.filter((one) => one instanceof Refusal);
    problems.push(...wrong.map((one) => problemOf(one, field, attribute)));
    return [...new Set(found.filter((one) => typeof one === 'string'))];
  };
  const [first = null, ...more] = read(featured, fields.featured, FEATURED);
  const others = read(gallery, fields.gallery, GALLERY);
  if (more.length > 0) {
    const reason = `holds ${more.length + 1} files, and a product has one featured image: the first is taken; move the others to the gallery`;
    problems.push(problemOf(new Refusal('IMAGE_ID', reason), fields.featured, FEATURED));
  }
  return { featured: first, gallery: others.filter((id) => id !== first), problems };
}

function problemOf({ code, reason }: Refusal, field: string, attribute: string): ValueProblem {
  return { code, field, attribute, message: `${field} ${reason}.` };
}

/** What divides pieces. An address may hold commas itself, so there only one before the next address divides. */
const BETWEEN = /[;\s]+|,(?=https?:)/i;

function idsIn(value: unknown): readonly (string | Refusal)[] {
  const text = typeof value === 'string' ? value : '';
  return text
    .split(BETWEEN)
    .flatMap((piece) => (piece.includes('/') ? idsOfAddress(piece) : piece.split(',').map(fileId)))
    .filter((id) => id !== null);
}

const ID_IN_ADDRESS = /(?<![a-z\d])(?:069|068)[a-z\d]{12}(?:[a-z\d]{3})?(?![a-z\d])/gi;
const SELECTED = /[?&#]selectedRecordId=([a-z\d]+)/i;

/** The file that a page shows; of a preview of several, the one that was being looked at. */
function idsOfAddress(piece: string): readonly (string | Refusal | null)[] {
  const address = decoded(piece);
  const selected = SELECTED.exec(address)?.[1];
  if (selected !== undefined) return [fileId(selected)];
  const ids = [...address.matchAll(ID_IN_ADDRESS)].map(([id]) => fileId(id));
  if (ids.length > 0) return ids;
  return [
    new Refusal(
      'IMAGE_ID',
      `holds an address without the id of a file (${address.slice(0, 80)}): open the file in Salesforce and copy the part of its address that begins with 069`,
    ),
  ];
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
