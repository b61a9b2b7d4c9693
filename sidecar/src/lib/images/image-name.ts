/** Stands in the names of all images that we make, in front of the piece of the hash. */
export const imageMark = '-sf-';

const HASH_LENGTH = 16;
const LONGEST = 100;
const LONGEST_ADDRESS = 2_000;

/**
 * The name under which an image gets to a shop: plain ASCII, and with a piece of the hash, so that the image is
 * known again when all else that we knew is lost.
 */
export function imageName(title: string, hash: string, extension: string): string {
  const end = `${imageMark}${hash.slice(0, HASH_LENGTH)}.${extension}`;
  const plain = plainOf(title)
    .slice(0, LONGEST - end.length)
    .replace(/-+$/, '');
  return `${plain === '' ? 'picture' : plain}${end}`;
}

/** Letters without their accents, and hyphens for all that is left. */
function plainOf(title: string): string {
  return title
    .slice(0, 500)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
}

/** What WordPress appends: a number to a name that is taken, and names of sizes and edits. */
const APPENDED = '(?:-(?:\\d{1,4}|scaled|rotated|e\\d{10,13}|\\d{1,5}x\\d{1,5}))*';
/** A second one comes from plugins that make WebP of what there is. */
const EXTENSIONS = '(?:\\.[a-z0-9]{2,5}){1,2}';
const NAMED = new RegExp(
  `^(?:.*)${imageMark}([0-9a-f]{${HASH_LENGTH}})${APPENDED}${EXTENSIONS}$`,
  'i',
);

/**
 * The piece of the hash in the name or address of an image of a shop.
 * @returns null where the name holds none
 */
export function hashOfName(srcOrName: string): string | null {
  if (srcOrName.length > LONGEST_ADDRESS) return null;
  const name = srcOrName.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
  return NAMED.exec(name)?.[1]?.toLowerCase() ?? null;
}
