import { isFileId } from 'c/wooProductImageIds';
import { problemOf } from './tiles';

/**
 * What becomes of files that were just uploaded. Where the product has no featured image the first becomes it: that
 * is what people upload the first image for. Others wait until somebody says so.
 * @param {string[]} ids of the files
 * @param {object} product as read after the upload
 * @param {{ featured: string[], gallery: string[] }} shown
 * @param {number} capacity of the gallery
 * @returns {{ changes: object[], rest: string[] }} changes to be made at once, and what the gallery has room for
 */
export function changesOfUpload(ids, { files }, shown, capacity) {
    const usable = ids.filter((id) => files.has(id) && !problemOf(files.get(id)).badge);
    const isFirst = !shown.featured.some(isFileId);
    const room = Math.max(capacity - shown.gallery.length, 0);
    const [featured] = isFirst ? usable : [];
    return {
        changes: featured ? [{ kind: 'feature', key: featured }] : [],
        rest: usable.filter((id) => id !== featured).slice(0, room)
    };
}
