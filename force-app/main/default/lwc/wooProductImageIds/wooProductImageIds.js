/** What divides pieces. An address may hold commas itself, so there only one before the next address divides. */
const BETWEEN = /[;\s]+|,(?=https?:)/i;
const ID_IN_ADDRESS = /(?<![a-z\d])(?:069|068)[a-z\d]{12}(?:[a-z\d]{3})?(?![a-z\d])/gi;
const SELECTED = /[?&#]selectedRecordId=([a-z\d]+)/i;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Which of five characters are capitals, as bits. */
const capitals = (part) => [...part].reduce((bits, one, at) => bits | (/[A-Z]/.test(one) ? 1 << at : 0), 0);

/** The last three characters of an id: each tells which of five others are capitals. */
const checksum = (id) => [0, 5, 10].map((from) => LETTERS.charAt(capitals(id.slice(from, from + 5)))).join('');

/** The first 15 characters with the capitals that the last three tell: a spreadsheet may have lost them. */
function withCapitals(text) {
    const told = text.slice(15).toUpperCase();
    return text.slice(0, 15).replace(/./g, (one, at) => {
        const bits = LETTERS.indexOf(told.charAt(Math.floor(at / 5)));
        return bits & (1 << (at % 5)) ? one.toUpperCase() : one.toLowerCase();
    });
}

/**
 * @param {string} text
 * @returns {string|null} the id of a file in its form of 18 characters, or null where the text is none
 */
export function fileId(text) {
    if (!/^069(?:[a-z\d]{12}|[a-z\d]{15})$/i.test(text)) return null;
    const id = text.length === 15 ? text : withCapitals(text);
    const whole = id + checksum(id);
    return text.length === 15 || whole.slice(15) === text.slice(15).toUpperCase() ? whole : null;
}

function decoded(address) {
    try {
        return decodeURIComponent(address);
    } catch {
        return address;
    }
}

/** The file that a page shows; of a preview of several, the one that was being looked at. */
function piecesOfAddress(piece) {
    const address = decoded(piece);
    const selected = SELECTED.exec(address)?.[1];
    const found = selected === undefined ? address.match(ID_IN_ADDRESS) : [selected];
    return found ?? [piece];
}

/** Ids of files, and as they stand the pieces that are none; each once. */
function piecesOf(value) {
    const pieces = (value ?? '')
        .split(BETWEEN)
        .flatMap((piece) => (piece.includes('/') ? piecesOfAddress(piece) : piece.split(',')))
        .filter((piece) => piece !== '');
    return [...new Set(pieces.map((piece) => fileId(piece) ?? piece))];
}

/** Whether a piece of a field is the id of a file; else it is a text that somebody left there. */
export const isFileId = (piece) => fileId(piece) === piece;

/**
 * Reads the two fields as the sidecar does (`sidecar/src/mapping/to-woo/image-ids.ts`): ids of 15 or 18 characters, addresses
 * of files, doubles, and the featured image once more in the gallery.
 * @param {string|null|undefined} featured
 * @param {string|null|undefined} gallery
 * @returns {{ featured: string[], gallery: string[] }} ids and unreadable texts, no piece twice; the first id of
 *     `featured` is what the shop takes, others are there because somebody put them
 */
export function readImages(featured, gallery) {
    const inFeatured = piecesOf(featured);
    const first = inFeatured.find(isFileId);
    const inGallery = piecesOf(gallery).filter((piece) => piece !== first);
    return {
        featured: inFeatured.filter((piece) => !inGallery.includes(piece)),
        gallery: inGallery
    };
}

/**
 * @param {{ featured: string[], gallery: string[] }} images
 * @returns {string[]} the ids of every file that they name
 */
export const filesOf = ({ featured, gallery }) => [...featured, ...gallery].filter(isFileId);

/**
 * @param {{ featured: string[], gallery: string[] }} images
 * @returns {{ featured: string|null, gallery: string|null }} what the two fields hold for them
 */
export function writeImages({ featured, gallery }) {
    return { featured: featured.join(';') || null, gallery: gallery.join(';') || null };
}
