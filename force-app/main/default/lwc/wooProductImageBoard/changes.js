import { isFileId } from 'c/wooProductImageIds';

const ID_LENGTH = 18;

/**
 * @param {number} length of the gallery field, in characters
 * @returns {number} how many ids with a semicolon between two fit into it
 */
export const capacityOf = (length) => Math.floor((length + 1) / (ID_LENGTH + 1));

const without = (pieces, key) => pieces.filter((piece) => piece !== key);

/** The two images change places: what was featured stays in the shop, where the new one came from. */
function feature({ featured, gallery }, { key }) {
    const old = featured.find(isFileId);
    const at = gallery.indexOf(key);
    if (at < 0) return { featured: [key], gallery };
    const rest = [...gallery];
    rest.splice(at, 1, ...(old && old !== key ? [old] : []));
    return { featured: [key], gallery: rest };
}

function place({ featured, gallery }, { key, before }, capacity) {
    if (key === before) return null;
    const rest = without(gallery, key);
    if (rest.length >= Math.max(capacity, gallery.length)) return null;
    const at = rest.includes(before) ? rest.indexOf(before) : rest.length;
    return { featured: without(featured, key), gallery: [...rest.slice(0, at), key, ...rest.slice(at)] };
}

const remove = ({ featured, gallery }, { key }) => ({
    featured: without(featured, key),
    gallery: without(gallery, key)
});

const kinds = { feature, place, remove, restore: (_, { images }) => images };

const sameList = (one, other) => one.length === other.length && one.every((piece, at) => piece === other[at]);

/** Whether two states hold the same images in the same order. */
export const isSame = (one, other) => sameList(one.featured, other.featured) && sameList(one.gallery, other.gallery);

/**
 * @param {{ featured: string[], gallery: string[] }} images
 * @param {{ kind: 'feature'|'place'|'remove'|'restore', key: string }} change `place` puts the image into the gallery
 *     `before` another one, at the end where that is not there; `restore` brings `images` back
 * @param {number} capacity of the gallery
 * @returns {{ featured: string[], gallery: string[] }} the same object where the change changes nothing, or where the
 *     gallery is full
 */
export function changed(images, change, capacity) {
    const next = kinds[change.kind](images, change, capacity);
    return !next || isSame(next, images) ? images : next;
}
