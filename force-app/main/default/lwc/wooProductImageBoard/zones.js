import { format } from 'c/wooFormat';
import { labels } from './labels';
import { tilesOf } from './tiles';

const headings = { featured: labels.featured, gallery: labels.gallery, files: labels.files };

function countOf(name, { shown, capacity, product }) {
    if (name === 'gallery' && !product.isVariation) return format(labels.count, shown.gallery.length, capacity);
    return name === 'files' ? labels.filesNote : undefined;
}

function hintOf(name, { product, isFull, capacity, canEdit }) {
    if (name !== 'gallery') return undefined;
    if (product.isVariation) return labels.variation;
    return isFull && canEdit ? format(labels.full, capacity) : undefined;
}

function emptyOf(name, { canEdit, product }) {
    if (!canEdit || (name === 'gallery' && product.isVariation)) return labels.readOnlyEmpty;
    if (name === 'featured') return labels.featuredEmpty;
    if (name === 'gallery') return labels.galleryEmpty;
    return product.linked.length > 0 ? labels.filesEmpty : `${labels.nothing} ${labels.nothingUpload}`;
}

/**
 * Whether the image that is being dragged may be dropped on a zone.
 * @param {string} name of the zone
 * @param {object} tile that is dragged, see `tilesOf`
 */
export function accepts(name, tile, { shown, isFull }) {
    if (!tile) return false;
    if (name === 'files') return tile.zone !== 'files';
    if (name === 'gallery' && tile.zone === 'gallery') return true;
    if (!tile.isUsable) return false;
    return name === 'featured' ? shown.featured[0] !== tile.key : !isFull;
}

/**
 * The three places of images with what each shows.
 * @param {object} state `{ product, shown, canEdit, isFull, capacity, dragged }`; `dragged` is the key of
 *     the image that is being dragged
 * @returns {{ name: string, heading: string, tiles: object[], accepts: boolean }[]} those that the user may see
 */
export function zonesOf(state) {
    const { product, shown, dragged } = state;
    const used = new Set([...shown.featured, ...shown.gallery]);
    const keys = { ...shown, files: product.linked.filter((id) => !used.has(id)) };
    const zones = ['featured', 'gallery', 'files']
        .filter((name) => !product.hidden.includes(name))
        .map((name) => ({ name, tiles: tilesOf(name, keys[name], product, state) }));
    const tile = zones.flatMap(({ tiles }) => tiles).find(({ key }) => key === dragged);
    return zones.map((zone) => ({
        ...zone,
        heading: headings[zone.name],
        count: countOf(zone.name, state),
        hint: hintOf(zone.name, state),
        empty: emptyOf(zone.name, state),
        className: `zone ${zone.name}`,
        accepts: accepts(zone.name, tile, state)
    }));
}

/**
 * The change that a choice in a tile's menu, or a key, makes.
 * @param {string} kind `feature`, `add`, `earlier`, `later` or `remove`
 * @returns {object} for `Edits.apply`
 */
export function changeOf(kind, key, { gallery }) {
    const at = gallery.indexOf(key);
    if (kind === 'add') return { kind: 'place', key };
    if (kind === 'earlier') return { kind: 'place', key, before: gallery[Math.max(at - 1, 0)] };
    if (kind === 'later') return { kind: 'place', key, before: gallery[at + 2] };
    return { kind, key };
}

/** The change that a drop on a zone makes. */
export function changeOfDrop(zone, key, before) {
    return {
        featured: { kind: 'feature', key },
        gallery: { kind: 'place', key, before },
        files: { kind: 'remove', key }
    }[zone];
}

/** What happened to an image, for people who do not see it move. */
export function sentenceOf({ kind, key }, title, { gallery }) {
    if (kind === 'feature') return format(labels.saidFeatured, title);
    if (kind === 'remove') return format(labels.saidRemoved, title);
    return format(labels.saidPlaced, title, gallery.indexOf(key) + 1, gallery.length);
}
