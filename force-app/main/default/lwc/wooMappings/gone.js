import { Kept } from 'c/wooMappingKept';

/**
 * What was typed of a mapping that was deleted for good before it was saved.
 * @returns {object|null} the draft, which says so; null where nothing is kept
 */
export function goneDraft(name, org) {
    const draft = new Kept(name).get(org)?.draft;
    const wasSaved = draft?.isGone || draft?.read.length > 0;
    return wasSaved ? { ...draft, isGone: true } : null;
}

/** All that is kept of mappings that the org does not have any more. */
export function goneDrafts(drafts, org) {
    const there = new Set(drafts.map(({ mapping }) => mapping.name));
    const gone = Kept.names().filter((name) => !there.has(name));
    return gone.map((name) => goneDraft(name, org)).filter(Boolean);
}
