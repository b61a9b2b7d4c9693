import { duplicateOf, newDraft } from 'c/wooMappingDraft';
import { goneDraft } from './gone';

/** Parts of the page's address that open the editor, so that Back leaves it and a link leads to it. */
const PARTS = { edit: 'c__mapping', create: 'c__template', copy: 'c__copy', back: 'c__back' };

/** The state of the page's address that opens the editor. @param {'edit'|'create'|'copy'|'back'|null} act null for the list */
export function addressOf(act, name) {
    const nothing = Object.fromEntries(Object.values(PARTS).map((part) => [part, undefined]));
    return act === null ? nothing : { ...nothing, [PARTS[act]]: name };
}

/** What of an address opens the editor; null where it opens the list. */
export function opens(state = {}) {
    const [found] = Object.entries(PARTS).filter(([, part]) => state[part]);
    return found ? { act: found[0], name: state[found[1]] } : null;
}

/**
 * The draft that an address opens; of a deleted mapping that is to come back, and of one that was deleted for good, which
 * says so.
 * @returns {object|null} null where there is no such mapping or template any more
 */
export function draftFor({ act, name }, drafts, org) {
    if (act === 'create') return newDraft(name, org);
    const draft = drafts.find(({ mapping }) => mapping.name === name);
    if (!draft) return act === 'edit' ? goneDraft(name, org) : null;
    if (act === 'copy') return duplicateOf(draft);
    return act === 'back' && draft.isRemoved ? { ...draft, isReturning: true } : draft;
}
