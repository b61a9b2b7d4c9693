import { format, formatNumber } from 'c/wooFormat';
import { isFileId } from 'c/wooProductImageIds';
import { labels } from './labels';

/** What a shop takes, as the sidecar checks it; of a file without an ending only its bytes can tell. */
const EXTENSIONS = ['', 'png', 'jpg', 'jpeg', 'jpe', 'jfif', 'gif', 'webp'];
const MEGABYTE = 1024 * 1024;
const MOST_MEGABYTES = 10;

const WARNING = { icon: 'utility:warning', variant: 'warning' };

const thumbnailOf = (versionId) =>
    `/sfc/servlet.shepherd/version/renditionDownload?rendition=THUMB240BY180&versionId=${encodeURIComponent(versionId)}`;

const originalOf = (versionId) => `/sfc/servlet.shepherd/version/download/${encodeURIComponent(versionId)}`;

/**
 * @param {{ extension: string, size: number|undefined }} file
 * @returns {{ badge?: string, reason?: string }} why the shop will not show it, as a word and a sentence
 */
export function problemOf({ extension, size }) {
    if (!EXTENSIONS.includes(extension.toLowerCase())) {
        return { badge: labels.typeBadge, reason: format(labels.typeReason, extension.toUpperCase()) };
    }
    if (size === 0) return { badge: labels.emptyBadge, reason: labels.emptyReason };
    if (size > MOST_MEGABYTES * MEGABYTE) {
        const megabytes = formatNumber(Math.ceil((size / MEGABYTE) * 10) / 10);
        return { badge: labels.sizeBadge, reason: format(labels.sizeReason, megabytes, MOST_MEGABYTES) };
    }
    return {};
}

/**
 * How a piece of a field, or a file of the product, is shown.
 * @param {string} key id of a file, or a text that is none
 * @param {{ files: Map<string, object>, asked: Set<string> }} product
 */
function tileOf(key, { files, asked }) {
    const file = files.get(key);
    if (file) {
        const problem = problemOf(file);
        const isImage = file.versionId && !problem.badge;
        const thumbnail = isImage ? thumbnailOf(file.versionId) : undefined;
        const original = isImage ? originalOf(file.versionId) : undefined;
        const icon = problem.badge ? 'doctype:unknown' : 'doctype:image';
        return { key, title: file.title, ...problem, thumbnail, original, icon, isFile: true };
    }
    if (!isFileId(key)) {
        return { key, title: key, badge: labels.textBadge, reason: labels.textReason, ...WARNING };
    }
    if (!asked.has(key)) return { key, title: key };
    const title = format(labels.missingTitle, key);
    return { key, title, badge: labels.missingBadge, reason: labels.missingReason, ...WARNING };
}

/** Choices with a button of their own beside the menu, so that a finger gets far without opening it. */
const QUICK = ['earlier', 'later', 'add'];

/** The choices of a tile: `{ kind, label, icon, disabled, isQuick }`. */
function actionsOf({ zone, isFirst, isLast, isUsable, isFull }) {
    const add = isFull ? labels.addFull : labels.add;
    const all = {
        feature: { label: labels.feature, icon: 'utility:favorite', disabled: !isUsable },
        add: { label: add, icon: 'utility:add', disabled: isFull || !isUsable },
        earlier: { label: labels.earlier, icon: 'utility:chevronleft', disabled: isFirst },
        later: { label: labels.later, icon: 'utility:chevronright', disabled: isLast },
        remove: { label: labels.remove, icon: 'utility:close', disabled: false }
    };
    const offered = {
        featured: ['add', 'remove'],
        gallery: ['feature', 'earlier', 'later', 'remove'],
        files: ['feature', 'add']
    };
    return offered[zone].map((kind) => ({ kind, ...all[kind], isQuick: QUICK.includes(kind) }));
}

/**
 * The tiles of a zone.
 * @param {'featured'|'gallery'|'files'} zone
 * @param {string[]} keys in their order
 * @param {object} product see `readProduct` of `wooProductImages`
 * @param {{ canEdit: boolean, isFull: boolean }} state
 */
export function tilesOf(zone, keys, product, { canEdit, isFull }) {
    const shownFeatured = keys.find(isFileId);
    return keys.map((key, at) => {
        const tile = tileOf(key, product);
        const isExtra = zone === 'featured' && isFileId(key) && key !== shownFeatured;
        const notShown = isExtra ? { badge: labels.extraBadge, reason: labels.extraReason } : {};
        const isUsable = isFileId(key) && !tile.badge;
        const position = { zone, isFirst: at === 0, isLast: at === keys.length - 1, isUsable, isFull };
        const actions = canEdit ? actionsOf(position) : [];
        const draggable = String(canEdit && (isUsable || zone !== 'files'));
        return { ...tile, ...notShown, zone, isUsable, actions, draggable };
    });
}
